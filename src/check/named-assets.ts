import { dirname, join, resolve } from 'path';
import { isObject, ownValue } from '../model/intrinsics';
import { readAssemblyFile } from './assembly-file';

/** The maximum depth of nested assemblies. Each stage has its own assembly. */
const MAX_DEPTH = 20;

/**
 * The paths of the assets in the manifests of a cloud assembly. The folder may contain other assets, of earlier syntheses, because CDK does not empty it.
 *
 * @param directory the folder of the assembly
 */
export function namedAssets(directory: string, depth = 0): readonly string[] {
  const artifacts = valuesOf(jsonIn(directory, join(directory, 'manifest.json')), 'artifacts');
  const nested = depth < MAX_DEPTH ? filesOf(artifacts, 'cdk:cloud-assembly', 'directoryName') : [];
  const manifests = filesOf(artifacts, 'cdk:asset-manifest', 'file').map(file => join(directory, file));
  return [
    ...manifests.flatMap(manifest => sourcesIn(jsonIn(directory, manifest), dirname(manifest))),
    ...nested.flatMap(folder => namedAssets(join(directory, folder), depth + 1)),
  ];
}

/** The files and folders in an asset manifest. */
function sourcesIn(manifest: unknown, folder: string): readonly string[] {
  const assets = [...valuesOf(manifest, 'files'), ...valuesOf(manifest, 'dockerImages')];
  return assets.map(asset => isObject(asset) ? ownValue(asset, 'source') : undefined).flatMap(source => {
    const path = isObject(source) ? ownValue(source, 'path') ?? ownValue(source, 'directory') : undefined;
    return typeof path === 'string' ? [resolve(folder, path)] : [];
  });
}

/** The values of a property of all artifacts of a type. */
function filesOf(artifacts: readonly unknown[], type: string, property: string): readonly string[] {
  return artifacts.filter(isObject).filter(artifact => ownValue(artifact, 'type') === type).flatMap(artifact => {
    const properties = ownValue(artifact, 'properties');
    const file = isObject(properties) ? ownValue(properties, property) : undefined;
    return typeof file === 'string' ? [file] : [];
  });
}

function valuesOf(value: unknown, key: string): readonly unknown[] {
  const found = isObject(value) ? ownValue(value, key) : undefined;
  return isObject(found) ? Object.values(found) : [];
}

function jsonIn(directory: string, location: string): unknown {
  const content = readAssemblyFile(directory, location);
  try {
    return 'text' in content ? JSON.parse(content.text) : undefined;
  } catch {
    return undefined;
  }
}
