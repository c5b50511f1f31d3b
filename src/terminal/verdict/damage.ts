import type { PaperjamError } from '../../base/errors.js';

/** A journal that is proved only up to here, in the cashier's words. */
export interface Damage {
  readonly zh: string;
  readonly en: string;
  /** The first record that is not proved; none of the journal can be read if absent. */
  readonly record?: number;
  /** What is wrong with it, for an engineer. */
  readonly problem: string;
}

/** The number of the damaged record, if the journal can be read at all. */
export function damagedRecord({ data }: PaperjamError): number | undefined {
  return typeof data.sequence === 'number' ? data.sequence : undefined;
}

export function damageOf(error: PaperjamError): Damage {
  const record = damagedRecord(error);
  const what =
    record === undefined ? { zh: '交易记录无法读取', en: 'The record of sales cannot be read' } : damaged(record);
  return {
    zh: `${what.zh},终端暂停服务,以下只是损坏之前的情况。请以支付平台的记录为准,勿重复收款;不要清除数据并报修。`,
    en: `${what.en}: the terminal is out of service, and this is only what stood before it. Go by the payment platform's records, do not charge again; erase nothing and call service.`,
    ...(record === undefined ? {} : { record }),
    problem: error.message,
  };
}

const damaged = (record: number) => ({
  zh: `交易记录第 ${record} 条损坏`,
  en: `Record ${record} of the sales is damaged`,
});
