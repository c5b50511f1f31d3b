/**
 * Every error that paperjam raises on purpose, in one table. The table is the documentation's source too: a test checks
 * that each code is thrown somewhere and stands in the README's table of errors.
 *
 * `{name}` in a template is replaced by the datum of that name.
 */
export const ERRORS = {
  PJ_AMOUNT: 'The amount {value} is not accepted: {allowed}.',
  PJ_CODE: 'The payment code {value} is not accepted: {problem}. Allowed: {allowed}.',
  PJ_JOURNAL_CHANGED:
    'The journal {address} was changed at record {sequence}: {problem}. It is evidence, so nothing is built on it: restore it, or move it away to start a new one.',
  PJ_KEY_REUSED:
    'The key {key} was used for {before} already, and cannot stand for {now}. Take a new key for each sale, and the same one only to repeat a request.',
  PJ_TILL_AUTHORITY:
    'The certificate authority for tills, {path}, {problem}. Restore it; or move ca.pem and ca-key.pem away to have a new one made, which tills have to be given then.',
  PJ_TILL_FILE:
    'What is kept for tills, {path}, cannot be read at line {line}: {problem}. Restore the file, or move it away.',
  PJ_BUSY: 'The terminal cannot do this now: {doing} ({state}). Wait until that is done, or cancel the sale under way.',
  PJ_REVERSAL_LOST:
    'The terminal lost its power before its journal had it that the money of {saleId} is to go back: nothing was asked of the platform. Ask again.',
  PJ_UNKNOWN_SALE: 'There is no sale {saleId} in the journal. Known: {known}.',
  PJ_NO_TICKET: 'The sale {saleId} has no ticket to print: {problem}.',
  PJ_NO_DIGITAL:
    'There is no digital ticket to offer for {saleId}: {problem}. Print the ticket, or say why it is left (leave).',
  PJ_PAPER_REQUIRED:
    'No sale is begun: a paper ticket is required here (policy.paper), and the printer cannot print: {problem}. Mend it, then sell.',
  PJ_TICKET_HELD:
    'The sale {saleId} is paid and has no ticket yet, and by policy ({policy}) no other goes before it. Reprint it, or note that the customer wants none, or leave it with a reason.',
  PJ_STORAGE_FULL:
    'There is no room in {path} for {bytes} more bytes. What was acknowledged before is safe. Free some space there, then restart.',
  PJ_STORAGE_FAILED:
    '{path} cannot be {action}: {problem}. What was acknowledged before is safe. Mend the cause, then restart.',
  PJ_STORAGE_OPEN: '{path} cannot be opened for storage: {problem}. {advice}',
  PJ_STORAGE_LOCKED: '{path} is in use by {holder}. Stop that program, or use another folder (--data DIR).',
  PJ_PORT_IN_USE: 'Port {port} on {host} is in use by another program. Stop it, or choose another port.',
  PJ_NO_PTY: 'No pseudo-terminal can be made: {problem}. {advice}',
  PJ_TICKET: 'The ticket cannot be printed on this printer: {problem}. Allowed: {allowed}.',
  PJ_KEY: 'The key {field} is not usable: {problem}. It has to be an RSA key, in PEM or as bare base64.',
  PJ_ACQUIRER_CONFIG: 'The setting {field} has the value {value}; {allowed} is wanted.',
  PJ_PLATFORM_TIMEOUT: 'No answer from {gateway} in time ({problem}). The customer may have paid.',
  PJ_PLATFORM_UNREACHABLE: 'There is no way to {gateway} ({problem}). Check network and address.',
  PJ_PLATFORM_LOST: 'The connection to {gateway} broke ({problem}). The customer may have paid.',
  PJ_PLATFORM_CERTIFICATE:
    'The certificate of {gateway} is not accepted ({problem}), so nothing was sent. Check the clock and the certificates of the terminal, then the gateway.',
  PJ_PLATFORM_EARLY:
    'The platform knows no such order, and the request to pay may still be on its way: it is asked again for {seconds} s more, until the code cannot be paid with any more.',
  PJ_PLATFORM_HTTP: '{gateway} answered with HTTP status {problem}. The customer may have paid.',
  PJ_PLATFORM_GARBAGE: '{gateway} sent something that is no answer: {problem}. The customer may have paid.',
  PJ_PLATFORM_SIGNATURE:
    'The answer of {gateway} has no valid signature, so it is not believed: {problem}. Check appId and platformPublicKey.',
  PJ_PLATFORM_ANSWER: 'The answer of the platform is signed and makes no sense: {problem}. The customer may have paid.',
  PJ_NOTICE: 'The notice is refused: {problem}. Only the platform itself, with its own key, is believed.',
  PJ_LEDGER_CORRUPT:
    'The books of the emulated platform, {address}, cannot be read at line {line}: {problem}. Restore the file, or move it away to start with empty books.',
  PJ_TEST_KEYS:
    'The test key {path} {problem}. Restore it; or move merchant-private.pem and platform-private.pem away to have new ones made.',
  PJ_LISTEN: 'The {what} cannot listen on {address}: {problem}. Choose another address or port.',
  PJ_REQUEST: 'The request {what} is not accepted: {problem}.',
  PJ_FAULT_UNKNOWN: 'There is no fault {name}.{hint} Known: {known}.',
  PJ_FAULT_FIELD: 'The fault {name} is not accepted at {path}: {problem}.',
  PJ_FAULT_IMPOSSIBLE: 'The fault {name} is not possible here: this world has no {needs}.',
  PJ_CONFIG: 'The configuration {file} is not accepted at {path}: {problem}.',
  PJ_DEVICE_UNKNOWN: 'There is no device profile {name}.{hint} Known: {known}.',
  PJ_DEVICE: 'The device profile {file} is not accepted at {path}: {problem}.',
  PJ_NOT_EMULATED:
    'The printer {device} speaks {language}, and the emulated printer understands ESC/POS only. Use a real one (--printer PATH or tcp://host:port), or another device; paperjam devices lists them with their languages.',
  PJ_LEARN: 'Nothing is learned of the printer: {problem}. Mend the cause, then run it again.',
  PJ_LEARN_FILE: 'The profile {file} cannot be written: {problem}. Choose another file (--learn FILE.yaml).',
  PJ_PLAN: 'The plan {file} is not accepted at {path}: {problem}.',
  PJ_NO_CUSTOMER: 'There is no emulated customer here: the platform is a real one. Scan a real payment code.',
  PJ_NO_PAPER: 'There is no picture of {what}: {problem}.',
  PJ_NOT_FOUND: 'There is nothing here: {what}.',
  PJ_METHOD: '{what} is not possible here. Allowed: {allowed}.',
  PJ_NOT_NOW: 'This cannot be done now: {problem}.',
  PJ_FIXTURE: 'The fixture {file} is not accepted {where}: {problem}.',
  PJ_FORBIDDEN: 'The request is refused: {problem}. Web pages have no access; call from a program on this machine.',
  PJ_TOKEN:
    'The request is refused: it needs the bearer token of this terminal, and {problem}. Send the header Authorization: Bearer TOKEN.',
  PJ_TOKEN_WANTED:
    'The control API would listen on {host}, where other machines reach it, and asks nobody for a token. Set one (token), or listen on 127.0.0.1.',
  PJ_RATE: 'The request is refused: more than {limit} a second come from {address}. Send them more slowly.',
  PJ_OUT_OF_REACH:
    'Something asked Node itself for chance or time ({name}) while a simulated world ran, so that the run would not repeat. It has to use what it is handed.',
  PJ_POWER_CUT:
    'The terminal lost its power before the sale {saleId} was in its journal: nobody was asked for money. Begin it again.',
  PJ_INTERNAL:
    'Something went wrong inside paperjam. It is a bug, not your request; what it was stands on standard error.',
  PJ_PRINTER_LINK: 'There is no way to the printer at {where} ({code}): {message}',
  PJ_RECORDING: '{file} is not a recording that can be read: {problem}.',
  PJ_RECORDING_DAMAGED: '{file} is damaged at byte {offset}: {problem}. What stands before that is whole.',
  PJ_RECORDING_EXISTS:
    '{file} is there already. A recording is evidence, so nothing is written over it: choose another name, or move it away.',
  PJ_RECORDING_VERSION:
    '{file} is a recording of version {version}. Allowed: {allowed}. Use the paperjam that wrote it.',
  PJ_RECORDING_WRITE: 'The recording {file} cannot be written: {problem}. Nothing more is recorded; the rest goes on.',
  PJ_REPLAY_STALLED:
    'The printer at {where} takes nothing any more: for {seconds} s not one of {bytes} waiting bytes has left. Look at paper, cover and cable, or at the flow control (--flow).',
  PJ_RENDER_INPUT: '{file} cannot be read: {problem}.',
  PJ_RENDER_OUTPUT: '{path} cannot be written: {problem}. Mend this, or choose another folder (--out DIR).',
  PJ_RUN_OUTPUT: '{path} cannot be written: {problem}. Mend this, or choose another file ({option}).',
  PJ_WATCH: '{path} cannot be watched for changes: {problem}. Mend this, or run without --watch.',
  PJ_SHRINK: '{file} cannot be shrunk: {problem}.',
  PJ_SHRINK_OUTPUT: '{path} cannot be written: {problem}. Mend this, or choose another file (--out FILE.yaml).',
  PJ_STATION_RECORD: 'The record of the run is not accepted at {path}: {problem}. Nothing was written.',
  PJ_STATION_OUTPUT:
    '{path} cannot be written: {problem}. Mend this, or choose another folder for the record (--out DIR).',
  PJ_PAGE_KNOWN: 'The page {jobId} has been begun before, and is not printed a second time. A new page needs a new id.',
  PJ_TILL_KEY:
    'The till has used the key {key} ({face}) already, for the sale {saleId}. Ask about that sale; a new one needs a new key.',
  PJ_TERMINAL_KEY:
    'The key of the terminal, {path}, {problem}. Restore it, or move it away to have a new one made; what the old one signed is then no longer taken for genuine.',
  PJ_TICKET_NOT_GENUINE: 'This is not a genuine digital ticket: {problem}. Do not hand anything out for it.',
  PJ_EVIDENCE: '{file} is not evidence that can be checked: {problem}.',
  PJ_EVIDENCE_CHANGED: '{file} was changed: {where} {problem}. Nothing in it can be relied on.',
  PJ_EVIDENCE_KEY: '{file} is whole, but it was signed by the key {fingerprint}, and not by {expected} of {key}.',
  PJ_EVIDENCE_SIZE: '{file} has {bytes} bytes. Allowed: {allowed}.',
  PJ_EVIDENCE_OUTPUT: '{path} cannot be written: {problem}. Mend this, or choose another file (--out FILE.zip).',
  PJ_GUIDE_OUTPUT: '{path} cannot be written: {problem}. Mend this, or choose another place (--out).',
  PJ_PLANTED: 'The bug {name} cannot be planted: {problem}.',
  PJ_PLATFORM_LOG: 'The log of the platform, {file}, is damaged at line {line}: {problem}. The other lines are shown.',
  PJ_USAGE: 'The command line is not accepted: {problem}. {advice}',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERRORS;

/** A failure with a stable code, a sentence that says what happened and what to do, and the data behind it. */
export class PaperjamError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, data: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(fill(ERRORS[code], data), options);
    this.name = 'PaperjamError';
    this.code = code;
    this.data = data;
  }
}

function fill(template: string, data: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? `{${name}}`));
}
