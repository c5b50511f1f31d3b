import { AlipaySdk } from 'alipay-sdk';
import { type AlipayConfig, checkAlipayConfig } from './config.js';
import { NoticeDoor } from './notice-door.js';

/** Lets in the notices whose signature the vendor's own SDK finds to be the platform's. Throws for a configuration that cannot work. */
export function createSdkNoticeDoor(config: AlipayConfig): NoticeDoor {
  const { gateway, appId, privateKey, platformPublicKey } = checkAlipayConfig(config);
  const sdk = new AlipaySdk({ gateway, appId, privateKey, keyType: 'PKCS8', alipayPublicKey: platformPublicKey });
  // The SDK believes what a form says of its own kind of signature: only the one kind is asked for.
  return new NoticeDoor((form) => form.sign_type === 'RSA2' && sdk.checkNotifySignV2(form), appId);
}
