import type { SettingName } from '../model/settings';
import { DISABLE_FLAG, MINIMUM_VERSION, OPTION_SETTINGS } from '../resources/dialects';
import { resourceTypeOf } from '../resources/resource-types';

const BY_SETTING: { readonly [name in SettingName]: string } = {
  tokens: 'the account default of the Region or the AMI decides, and neither is visible here',
  hopLimit: 'the account default of the Region or the AMI decides, and neither is visible here; without them it is 1',
  endpoint: 'the account default of the Region decides, which is not visible here; without it the service is on',
  ipv6: 'nothing else can turn it on',
  tags: 'the account default of the Region decides, which is not visible here; without it they are off',
};

/** Who decides on a setting that nobody wrote. */
export function whoDecides(type: string, name: SettingName): string {
  const dialects = resourceTypeOf(type)?.carriers.map(({ dialect }) => dialect) ?? [];
  if (dialects.includes(OPTION_SETTINGS)) { return 'nothing is written: the platform of the environment decides'; }
  if (dialects.includes(MINIMUM_VERSION) || dialects.includes(DISABLE_FLAG)) { return 'nothing is written: the service decides'; }
  return `nothing is written: ${BY_SETTING[name]}`;
}
