import type { NoticeSite, PlatformSite } from '../../ports/faults.js';
import type { EmulatedPlatform } from './platform.js';

/**
 * A platform as one of several terminals has it: the books and the customers are everybody's, and so is the platform's
 * clock; but faults that are put in at this terminal take hold of its own orders only. It is closed by whoever opened it.
 */
export function shareOf(platform: EmulatedPlatform, isMine: (orderNo: string) => boolean): EmulatedPlatform {
  return { ...platform, site: ownPlatformSite(platform.site, isMine), close() {} };
}

function ownPlatformSite(site: PlatformSite, isMine: (orderNo: string) => boolean): PlatformSite {
  const mine = ({ orderNo = '' }: { readonly orderNo: string | undefined }) => isMine(orderNo);
  return {
    onRequest: (rule) => site.onRequest((request) => (mine(request) ? rule(request) : {})),
    onAnswer: (rule) => site.onAnswer((answer) => (mine(answer) ? rule(answer) : 'deliver')),
    confirm: (orderNo) => site.confirm(orderNo),
    clock: (clock, meets) => site.clock(clock, meets),
  };
}

/** The same of where faults take hold of its notices. */
export function ownNotices(site: NoticeSite, isMine: (orderNo: string) => boolean): NoticeSite {
  return { onNotice: (rule) => site.onNotice((delivery) => (isMine(delivery.orderNo) ? rule(delivery) : [delivery])) };
}
