import { OPTION_SETTINGS } from '../dialects';
import { carrier, named, paths, record } from '../record-builder';

/** @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-ec2-imds.html */
const OPTIONS = carrier('OptionSettings', OPTION_SETTINGS, 'in place', {
  interruption: 'Elastic Beanstalk replaces the instances of the environment, and moves an environment with a launch configuration to a launch template',
  fixedHopLimit: 1,
});

const PLATFORM = 'the platform of the environment';

/** A platform that runs the application in containers, by the name of the solution stack or in the ARN. */
const ON_DOCKER = { paths: paths('SolutionStackName', 'PlatformArn'), pattern: /docker|\becs\b/i };

const CONFIGURATION_TEMPLATE = record('AWS::ElasticBeanstalk::ConfigurationTemplate', {
  isTemplate: true,
  carriers: [OPTIONS],
  unsetIsLeftTo: PLATFORM,
  containers: { title: 'Docker platform of', only: ON_DOCKER },
});

const ENVIRONMENT = record('AWS::ElasticBeanstalk::Environment', {
  watchedAs: 'Elastic Beanstalk environment',
  carriers: [OPTIONS],
  launchesFrom: { references: [named('TemplateName', CONFIGURATION_TEMPLATE.type)], onNewVersion: 'in place' },
  unsetIsLeftTo: PLATFORM,
  containers: { title: 'Docker platform of', only: ON_DOCKER },
});

export const ELASTIC_BEANSTALK = [ENVIRONMENT, CONFIGURATION_TEMPLATE];
