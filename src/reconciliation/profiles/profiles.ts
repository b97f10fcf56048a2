import { UnknownProfileError } from '../reading/settlement-file.errors.ts';
import {
  type SettlementProfile,
  type SettlementProfileInput,
  settlementProfile,
} from '../reading/settlement-profile.ts';
import { adyenProfile } from './adyen.profile.ts';
import { alipayProfile } from './alipay.profile.ts';
import { stripeProfile } from './stripe.profile.ts';
import { wechatProfile } from './wechat.profile.ts';

const WRITTEN: readonly SettlementProfileInput[] = [stripeProfile, adyenProfile, wechatProfile, alipayProfile];

/** The providers whose files are read, by name. */
export const settlementProfiles: ReadonlyMap<string, SettlementProfile> = new Map(
  WRITTEN.map((written) => [written.name, settlementProfile.parse(written)]),
);

/** @throws UnknownProfileError naming those that there are */
export function getSettlementProfile(name: string): SettlementProfile {
  const profile = settlementProfiles.get(name);
  if (!profile) throw new UnknownProfileError(name, [...settlementProfiles.keys()]);
  return profile;
}
