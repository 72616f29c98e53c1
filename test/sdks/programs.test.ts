import { foundIn } from './folders';
import { zipOf } from './zip';

const START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const END = Buffer.from('f932433186182072008242104116d8f2', 'hex');
const ELF = Buffer.from('\x7fELF');

/** The relevant part of a Go program: the bytes around its list of modules are those that Go writes. */
function programOf(modules: readonly string[], head: Buffer = ELF): Buffer {
  const list = ['path\texample.com/app', 'mod\texample.com/app\t(devel)\t', ...modules, 'build\t-compiler=gc', ''].join('\n');
  return Buffer.concat([head, Buffer.alloc(150_000), START, Buffer.from('constants'), START, Buffer.from(list), END, Buffer.alloc(100_000)]);
}

const OLD = 'dep\tgithub.com/aws/aws-sdk-go\tv1.25.0\th1:MyXUdCesJLBvSSKYcaKeeEwxNUwUpG6/uqVYeH/Zzfo=';

test('Go programs for any system, by their modules', () => {
  expect(foundIn({
    'bootstrap': programOf([OLD]),
    'app.exe': programOf([OLD], Buffer.from('MZ')),
    'tool-darwin': programOf([OLD], Buffer.from('cffaedfe', 'hex')),
    'provider_v2.30.0_x4': programOf([OLD]),
    'fn.zip': zipOf({ bootstrap: programOf(['dep\tgithub.com/aws/aws-sdk-go-v2\tv1.30.0\th1:x=']) }),
  })).toEqual([
    'app.exe:1 github.com/aws/aws-sdk-go v1.25.0 too old', 'bootstrap:1 github.com/aws/aws-sdk-go v1.25.0 too old', 'fn.zip!/bootstrap:1 github.com/aws/aws-sdk-go-v2 v1.30.0 supported',
    'provider_v2.30.0_x4:1 github.com/aws/aws-sdk-go v1.25.0 too old', 'tool-darwin:1 github.com/aws/aws-sdk-go v1.25.0 too old',
  ]);
});

test('a replaced module counts as its replacement', () => {
  expect(foundIn({
    one: programOf([OLD, '=>\tgithub.com/aws/aws-sdk-go\tv1.44.0\th1:x=']), two: programOf([OLD, '=>\t./fork\t(devel)\t']),
  })).toEqual(['one:1 github.com/aws/aws-sdk-go v1.44.0 supported', 'two:1 github.com/aws/aws-sdk-go ? unknown']);
});

test('a file that is not a program, has another name, or is in a Node.js package is not read', () => {
  expect(foundIn({
    'notes': programOf([OLD], Buffer.from('text')),
    'photo.jpg': programOf([OLD]),
    'node_modules/tool/bin/tool': programOf([OLD]),
    'small': Buffer.concat([ELF, START, Buffer.from(`path\tx\n${OLD}\n`), END]),
    'cut': Buffer.concat([ELF, Buffer.alloc(300_000), START, Buffer.from(`path\tx\n${OLD}\n`)]),
  })).toEqual([]);
});

test('SDKs of Java in a single-archive program without Maven metadata', () => {
  const versionInfo = Buffer.concat([Buffer.from('cafebabe00000034', 'hex'), Buffer.from('SDK_VERSION\x01\x00\x12Ljava/lang/String;\x01\x00\x062.10.20\x01\x00')]);
  expect(foundIn({
    'app.jar': zipOf({ 'com/amazonaws/sdk/versionInfo.properties': '#Fri Feb 15\nplatform=java\nversion=1.11.500\n', 'software/amazon/awssdk/core/util/VersionInfo.class': versionInfo }),
  })).toEqual([
    'app.jar!/com/amazonaws/sdk/versionInfo.properties:3 com.amazonaws:aws-java-sdk-core 1.11.500 too old', 'app.jar!/software/amazon/awssdk/core/util/VersionInfo.class:1 software.amazon.awssdk:sdk-core 2.10.20 too old',
  ]);
});
