import { httpOptions, withConditionKeys } from '../dialects';
import { carrier, named, record, template } from '../record-builder';
import { documentAt, scriptHolder, textAt } from '../script-holder';

const OPTIONS = withConditionKeys(httpOptions('hopLimit'), { tokens: 'imagebuilder:Ec2MetadataHttpTokens' });

/** The resources that build and test images, or containers if they name a container recipe. */
export const INFRASTRUCTURE = record('AWS::ImageBuilder::InfrastructureConfiguration', {
  isTemplate: true,
  carriers: [carrier('InstanceMetadataOptions', OPTIONS, 'in place')],
  configSpelling: 'as in CloudFormation',
});

const INFRASTRUCTURE_REFERENCE = named('InfrastructureConfigurationArn', INFRASTRUCTURE.type);

const PIPELINE = record('AWS::ImageBuilder::ImagePipeline', {
  launchesFrom: { references: [INFRASTRUCTURE_REFERENCE], onNewVersion: 'in place' },
  containers: { title: 'container image pipeline', present: 'ContainerRecipeArn' },
});

const IMAGE = record('AWS::ImageBuilder::Image', {
  launchesFrom: { references: [INFRASTRUCTURE_REFERENCE], onNewVersion: 'replacement' },
  containers: { title: 'container image build', present: 'ContainerRecipeArn' },
});

/** Fast launch starts instances of the new image, to make snapshots. */
const DISTRIBUTION = record('AWS::ImageBuilder::DistributionConfiguration', {
  launchesFrom: {
    references: [template('Distributions[].FastLaunchConfigurations[].LaunchTemplate', {
      id: 'LaunchTemplateId', name: 'LaunchTemplateName', version: 'LaunchTemplateVersion',
    })],
    onNewVersion: 'in place',
  },
  instances: { usesServiceImage: true },
});

/** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html */
const COMPONENT = scriptHolder('AWS::ImageBuilder::Component', documentAt('Data'));

const IMAGE_RECIPE = scriptHolder('AWS::ImageBuilder::ImageRecipe', textAt('AdditionalInstanceConfiguration.UserDataOverride'));

export const IMAGE_BUILDER = [INFRASTRUCTURE, PIPELINE, IMAGE, DISTRIBUTION];

export const IMAGE_BUILDER_SCRIPTS = [COMPONENT, IMAGE_RECIPE];
