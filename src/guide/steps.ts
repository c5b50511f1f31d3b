/** What to do when no ticket came out, step by step, with the keys and the commands that do each. */
import type { Words } from '../terminal/screens.js';

export interface Step {
  readonly title: Words;
  readonly about: Words;
  /** Keys of the terminal, as they are typed at its prompt. */
  readonly keys: readonly string[];
  /** Commands for whoever looks after the terminal. */
  readonly commands: readonly string[];
}

const w = (zh: string, en: string): Words => ({ zh, en });

export const STEPS: readonly Step[] = [
  {
    title: w('看显示屏', 'Look at the display'),
    about: w(
      '显示屏用文字说明现在的状态和故障。写着“已支付”就是收到了钱,写着“核对”就等待;都不要重复收款。',
      'It says in words how it stands and what is wrong. “Paid” means that the money is there, “checking” means wait; in both cases do not charge again.',
    ),
    keys: ['status'],
    commands: [],
  },
  {
    title: w('查这一笔', 'Ask about the sale'),
    about: w(
      '终端说:付款了吗,为什么没有小票,现在怎么办。加 --ask 就同时再问一次支付平台。',
      'The terminal says whether the customer has paid, why there is no ticket, and what to do. With --ask it asks the payment platform once more.',
    ),
    keys: ['verdict', 'verdict --ask', 'sales'],
    commands: ['paperjam verdict last', 'paperjam verdict last --ask'],
  },
  {
    title: w('补打,或给电子凭证', 'Reprint, or give a digital ticket'),
    about: w(
      '按显示处理好打印机再补打;补打的小票有“补打”字样。顾客也可以扫码取电子凭证。',
      'Mend the printer as the display says, then reprint; a reprint is marked as a copy. Or the customer scans the code of a digital ticket.',
    ),
    keys: ['reprint', 'digital'],
    commands: ['paperjam ticket last'],
  },
  {
    title: w('重启,看结果', 'Restart, and see'),
    about: w(
      '不清楚时关机再开机。终端会说找到了哪些没做完的交易,自动核对或补打,不会再收一次钱。',
      'When in doubt switch the terminal off and on. It says which sales it found open, checks or prints them by itself, and never charges a second time.',
    ),
    keys: ['power-cut'],
    commands: ['paperjam start --no-first-sale'],
  },
  {
    title: w('查看支付平台日志', "Read the platform's log"),
    about: w(
      '这一笔向支付平台问过什么、它怎么回答、它的账上是什么。',
      'What the payment platform was asked about this sale, what it answered, and what stands in its books.',
    ),
    keys: [],
    commands: ['paperjam platform-log last'],
  },
  {
    title: w('保留证据', 'Keep the evidence'),
    about: w(
      '把这一笔的全部记录存成一个签名的文件:交易记录、平台日志、打印机收发的数据、小票的样子。之后改动一个字节都能查出来。',
      'Everything about the sale in one signed file: its records, the platform’s log, what went to the printer and back, the paper. A single changed byte is found.',
    ),
    keys: [],
    commands: ['paperjam evidence last --out evidence.zip', 'paperjam evidence --verify evidence.zip'],
  },
  {
    title: w('在其他设备重现', 'Reproduce it on another device'),
    about: w(
      '在另一种打印机上重复同样的故障,看是这台设备的问题,还是都会这样。',
      'Play the same fault on another printer, to see whether it lies with this one.',
    ),
    keys: [],
    commands: ['paperjam run fixtures/causes --device epson-tm-t88v', 'paperjam devices'],
  },
  {
    title: w('定期维护', 'Maintenance'),
    about: w(
      '打印自检页,看是否清楚、完整,再告诉终端看到了什么。状态里有打印次数、走纸长度和故障次数。',
      'Print a test page, look whether it is clear and complete, and tell the terminal what you see. The status tells how much was printed, and how often what failed.',
    ),
    keys: ['self-test', 'self-test complete', 'self-test unreadable', 'status'],
    commands: ['paperjam station --printer /dev/ttyUSB0 --device epson-tm-t88v'],
  },
  {
    title: w('让终端先问要不要小票', 'Have it ask whether a ticket is wanted'),
    about: w(
      '在 config.yaml 里设置 policy 的 print: prompt,付款后先问;没有人回答就打印。顾客不要、已离开,或小票空白、看不清,都告诉终端。',
      'With print: prompt under policy in config.yaml it asks after the payment, and prints if nobody answers. Tell it when the customer wants none or has gone, or when a ticket is blank or cannot be read.',
    ),
    keys: ['print', 'decline', 'left', 'seen blank', 'seen unreadable'],
    commands: [],
  },
];
