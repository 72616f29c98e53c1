import { OPTION_SETTINGS } from '../dialects';
import { carrier, record } from '../record-builder';

/** @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.managing.ec2.html */
const OPTIONS = carrier('OptionSettings', OPTION_SETTINGS, 'in place', {
  interruption: 'Elastic Beanstalk replaces the instances of the environment, and moves one with a launch configuration to a launch template',
});
const PLATFORM = 'the platform of the environment';

const ENVIRONMENT = record('AWS::ElasticBeanstalk::Environment', { carriers: [OPTIONS], unsetIsLeftTo: PLATFORM });

const CONFIGURATION_TEMPLATE = record('AWS::ElasticBeanstalk::ConfigurationTemplate', { isTemplate: true, carriers: [OPTIONS], unsetIsLeftTo: PLATFORM });

export const ELASTIC_BEANSTALK = [ENVIRONMENT, CONFIGURATION_TEMPLATE];
