import { UNSET_HOP_LIMIT } from '../model/hop-limit';
import type { SettingName } from '../model/settings';
import { recordOf } from '../resources/record-table';

const BY_SETTING: { readonly [name in SettingName]: string } = {
  tokens: 'the account default of the Region or the AMI decides, and neither is visible here',
  hopLimit: `the account default of the Region or the AMI decides, and neither is visible here; without them it is ${UNSET_HOP_LIMIT}`,
  endpoint: 'the account default of the Region decides, which is not visible here; without it the service is on',
  ipv6: 'nothing else can turn it on',
  tags: 'the account default of the Region decides, which is not visible here; without it they are off',
};

/** Who decides on a setting that nobody wrote. */
export function whoDecides(type: string, name: SettingName): string {
  const decides = recordOf(type)?.unsetIsLeftTo;
  return `nothing is written: ${decides === undefined ? BY_SETTING[name] : `${decides} decides`}`;
}
