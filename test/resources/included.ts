import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Construct } from 'constructs';

/** The sections of a template besides its resources. */
export interface Template {
  readonly Parameters?: { readonly [logicalId: string]: object };
  readonly Conditions?: { readonly [name: string]: object };
  readonly Resources: { readonly [logicalId: string]: object };
}

/** A template in a construct tree, as users include a file. */
export function include(scope: Construct, id: string, template: Template, dehydratedResources: string[] = []): CfnInclude {
  const directory = mkdtempSync(join(tmpdir(), 'included-'));
  try {
    const templateFile = join(directory, 'template.json');
    writeFileSync(templateFile, JSON.stringify(template));
    return new CfnInclude(scope, id, { templateFile, dehydratedResources });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
