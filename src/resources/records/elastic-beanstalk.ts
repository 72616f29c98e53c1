import { OPTION_SETTINGS } from '../dialects';
import { carrier, record } from '../record-builder';

const OPTIONS = carrier('OptionSettings', OPTION_SETTINGS, 'in place');
const PLATFORM = 'the platform of the environment';

const ENVIRONMENT = record('AWS::ElasticBeanstalk::Environment', { carriers: [OPTIONS], unsetIsLeftTo: PLATFORM });

const CONFIGURATION_TEMPLATE = record('AWS::ElasticBeanstalk::ConfigurationTemplate', { isTemplate: true, carriers: [OPTIONS], unsetIsLeftTo: PLATFORM });

export const ELASTIC_BEANSTALK = [ENVIRONMENT, CONFIGURATION_TEMPLATE];
