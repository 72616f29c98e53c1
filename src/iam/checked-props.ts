import { checkBooleans } from '../model/boolean';
import { checkPropsObject } from '../model/props';

/** What statements can be told by true or false. */
const SWITCHES = ['allowDisabledEndpoint', 'allowUnset', 'denyLaunchConfigurations', 'denyUnset', 'hooks', 'organizationPolicies'] as const;

/**
 * The properties of statements, which are an object whose switches are true or false.
 *
 * @throws Error where they are not, as plain JavaScript may have them
 */
export function checked<Props extends object>(props: Props): Props {
  checkPropsObject('props', props);
  checkBooleans(props, SWITCHES);
  return props;
}
