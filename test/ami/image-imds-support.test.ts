import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnInstance, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { ImageImdsSupportProps } from '../../src';
import { ImageImdsSupport } from '../../src';
import { IMAGE_IMDS_SUPPORT_HANDLER } from '../../src/ami/image-imds-support/handler-code.generated';
import { STACK_ID } from '../handlers/harness/cloudformation';
import { resourceOf } from '../harness/resources';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { complaintsAbout } from '../iam/authorization-data';
import { rendered, rightsIn } from './rendered';

const TYPE = 'Custom::ImageImdsSupport';
const IMAGE_ID = 'ami-1234567890abcdef0';
const LEAST: ImageImdsSupportProps = { imageId: IMAGE_ID, acknowledgeIrreversible: true };

function stackWith(props: ImageImdsSupportProps = LEAST): Stack {
  const stack = scratchStack();
  new ImageImdsSupport(stack, 'Golden', props);
  return stack;
}

describe('the image', () => {
  test('is named by its id', () => {
    expect(resourceOf(stackWith(), TYPE).Properties.ImageId).toBe(IMAGE_ID);
  });

  test('is named by a parameter of Systems Manager, which each deployment resolves', () => {
    const stack = stackWith({ parameterName: '/images/golden', acknowledgeIrreversible: true });
    const [[parameter, definition]] = Object.entries(Template.fromStack(stack).findParameters('*', { Default: '/images/golden' }));
    expect(definition).toMatchObject({ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' });
    expect(resourceOf(stack, TYPE).Properties.ImageId).toEqual({ Ref: parameter });
  });

  test('can be unresolved', () => {
    const stack = scratchStack();
    new ImageImdsSupport(stack, 'Golden', { imageId: new CfnParameter(stack, 'Image').valueAsString, acknowledgeIrreversible: true });
    expect(resourceOf(stack, TYPE).Properties.ImageId).toEqual({ Ref: 'Image' });
  });

  test.each<[string, (stack: Stack) => ImageImdsSupportProps]>([
    ['an image', stack => ({ imageId: MachineImage.lookup({ name: 'golden-*', owners: ['self'] }).getImage(stack).imageId })],
    ['a parameter', stack => ({ imageId: StringParameter.valueFromLookup(stack, '/images/golden') })],
  ])('can be %s of a lookup of CDK', (_, propsIn) => {
    const stack = scratchStack(scratchApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    expect(() => new ImageImdsSupport(stack, 'Golden', { ...propsIn(stack), acknowledgeIrreversible: true })).not.toThrow();
  });

  test('is retained, so that the events of the stack show that nothing is undone', () => {
    expect(resourceOf(stackWith(), TYPE)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('is available after it is changed, so that its users wait for it', () => {
    const stack = scratchStack();
    const { imageId } = new ImageImdsSupport(stack, 'Golden', LEAST);
    new CfnInstance(stack, 'Web', { imageId });
    expect(resourceOf(stack, 'AWS::EC2::Instance').Properties.ImageId).toEqual({ Ref: resourceOf(stack, TYPE).logicalId });
  });
});

const PAGE = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html';

describe('without the acknowledgement, the error explains what cannot be undone, with the value:', () => {
  test.each([[undefined, 'undefined'], [false, 'false'], ['true', "'true'"]])('%j', (acknowledgeIrreversible, got) => {
    expect(() => stackWith({ imageId: IMAGE_ID, acknowledgeIrreversible: acknowledgeIrreversible as boolean })).toThrow(new Error(
      `acknowledgeIrreversible must be true, got ${got}: ImdsSupport v2.0 cannot be removed from an image, and software in it that supports only IMDSv1 `
      + `stops working on new instances. Try it on a copy of the image first (${PAGE})`));
  });
});

describe('a property is rejected, with its value:', () => {
  test.each<[object, string]>([
    [{}, 'one of imageId and parameterName must be given, got neither'],
    [{ imageId: IMAGE_ID, parameterName: '/images/golden' }, 'one of imageId and parameterName must be given, got both'],
    [{ imageId: [IMAGE_ID] }, `imageId must be like 'ami-1234567890abcdef0', got ["${IMAGE_ID}"]`],
    [{ parameterName: 7 }, "parameterName must be the name of a parameter, such as '/images/golden', got 7"],
    [{ imageId: 'golden' }, "imageId must be like 'ami-1234567890abcdef0', got 'golden'"],
    [{ parameterName: '' }, "parameterName must be the name of a parameter, such as '/images/golden', got ''"],
    [{ parameterName: 'a b' }, "parameterName must be the name of a parameter, such as '/images/golden', got 'a b'"],
    [{ parameterName: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64' },
      "parameterName must name an image of the account, got '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64': images of the public "
      + `parameters belong to AWS, and only the owner can set ImdsSupport (${PAGE})`],
    [{ imageId: IMAGE_ID, runtime: Runtime.NODEJS_18_X }, "runtime must be Node.js 22 or later, got 'nodejs18.x'"],
  ])('%j', (props, message) => {
    expect(() => stackWith({ acknowledgeIrreversible: true, ...props })).toThrow(new Error(message));
  });

  test('an unresolved parameter', () => {
    const stack = scratchStack();
    const parameterName = new CfnParameter(stack, 'Name').valueAsString;
    expect(() => new ImageImdsSupport(stack, 'Golden', { parameterName, acknowledgeIrreversible: true }))
      .toThrow('parameterName must be known at synthesis, got an unresolved value: give the value of the parameter as imageId');
  });
});

describe('the function', () => {
  test('has its code in the template, and runs on Node.js 24', () => {
    expect(resourceOf(stackWith(), 'AWS::Lambda::Function').Properties).toMatchObject({ Code: { ZipFile: IMAGE_IMDS_SUPPORT_HANDLER }, Runtime: 'nodejs24.x', Timeout: 900 });
    expect(resourceOf(stackWith(), TYPE).Properties.ServiceTimeout).toBe('3000');
  });

  test('runs on Node.js 22 if that is set', () => {
    expect(resourceOf(stackWith({ ...LEAST, runtime: Runtime.NODEJS_22_X }), 'AWS::Lambda::Function').Properties.Runtime).toBe('nodejs22.x');
  });

  test('can only set this attribute of this image', () => {
    expect(rightsIn(stackWith())).toEqual([
      { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' },
      { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: STACK_ID },
      {
        Effect: 'Allow',
        Action: 'ec2:ModifyImageAttribute',
        Resource: `arn:aws:ec2:eu-west-1::image/${IMAGE_ID}`,
        Condition: { StringEquals: { 'ec2:Attribute/ImdsSupport': 'v2.0' } },
      },
    ]);
  });

  test('has permissions that match the Service Authorization Reference, before it runs', async () => {
    const stack = stackWith();
    expect((await Promise.all(rightsIn(stack).map(complaintsAbout))).flat()).toEqual([]);
    expect(resourceOf(stack, TYPE).DependsOn).toEqual([resourceOf(stack, 'AWS::IAM::Role').logicalId]);
  });

  test('can change the image in the parameter', () => {
    const stack = stackWith({ parameterName: '/images/golden', acknowledgeIrreversible: true });
    const { Ref } = resourceOf(stack, TYPE).Properties.ImageId as { Ref: string };
    expect(rightsIn(stack)[2].Resource).toBe(`arn:aws:ec2:eu-west-1::image/{${Ref}}`);
    expect(rendered({ Ref })).toBe(`{${Ref}}`);
  });
});
