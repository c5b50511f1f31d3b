import type { Custom } from '../counter.js';

/** What a device of Square's sandbox does with what is sent to it. */
export type Behaviour = 'pays' | 'pays-with-tip' | 'buyer-cancels' | 'times-out' | 'offline';

/**
 * The device ids of Square's sandbox (developer.squareup.com/docs/devtools/sandbox/testing, Terminal API), as far as they
 * mean something here: each stands for the first terminal with a customer, or a fate, of its own. Those of Interac take
 * Canadian dollars only, and are left out.
 */
const CHECKOUTS: Readonly<Record<string, Behaviour>> = {
  '9fa747a2-25ff-48ee-b078-04381f7c828f': 'pays',
  '22cd266c-6246-4c06-9983-67f0c26346b0': 'pays-with-tip',
  '4mp4e78c-88ed-4d55-a269-8008dfe14e9': 'pays',
  '19a01fbd-3dcd-4d9f-a499-a641684af745': 'pays',
  '819f8d79-961e-4097-8f70-ef70b3e7db28': 'pays',
  'cae0ee02-f83b-11ec-b939-0242ac120002': 'pays',
  '841100b9-ee60-4537-9bcf-e30b2ba5e215': 'buyer-cancels',
  '0a956d49-619a-4530-8e5e-8eac603ffc5e': 'times-out',
  'da40d603-c2ea-4a65-8cfd-f42e36dab0c7': 'offline',
};

/** The same of refunds. */
const REFUNDS: Readonly<Record<string, Behaviour>> = {
  'f72dfb8e-4d65-4e56-aade-ec3fb8d33291': 'pays',
  'aafea9fa-350c-4ab2-b033-b2fbb672e712': 'buyer-cancels',
  'e371fb66-29a2-45a6-a928-f8de0e864242': 'times-out',
  '7647344e-aea2-4cff-ac53-513644de434d': 'offline',
};

export function behaviourOf(deviceId: string, kind: 'checkout' | 'action' | 'refund'): Behaviour | undefined {
  const devices = kind === 'refund' ? REFUNDS : CHECKOUTS;
  return Object.hasOwn(devices, deviceId) ? devices[deviceId] : undefined;
}

/** The sandbox declines what is more than 25.00 on the devices that else pay. */
const MOST_FEN = 2_500;
/** What the buyer adds on the device with a tip. */
const TIP_PERCENT = 20;

/** Who comes to pay. */
export function customOf(behaviour: Behaviour, amountFen: number): Custom {
  if (behaviour === 'buyer-cancels') return 'none';
  return { behaviour: amountFen > MOST_FEN ? 'no-money' : 'pays' };
}

export function tipOf(behaviour: Behaviour | undefined, amountFen: number): number {
  return behaviour === 'pays-with-tip' ? Math.round((amountFen * TIP_PERCENT) / 100) : 0;
}
