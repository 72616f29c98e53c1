import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/**
 * Passes JSON to a Java program in a subfolder, and returns the JSON that it writes. Maven downloads the library in its `pom.xml`.
 *
 * @param folder the folder with one program
 * @param program the name of the program
 */
export function askJava<Answer>(folder: string, program: string, question: unknown): Answer {
  const home = join(__dirname, folder);
  const scratch = mkdtempSync(join(tmpdir(), 'cdk-imdsv2-engine-'));
  const [libraries, asked, answered] = ['libraries', 'asked.json', 'answered.json'].map(name => join(scratch, name));
  try {
    run('mvn', ['--batch-mode', '--quiet', '--file', join(home, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`]);
    writeFileSync(asked, JSON.stringify(question));
    run('java', ['-cp', join(libraries, '*'), join(home, `${program}.java`), asked, answered]);
    return JSON.parse(readFileSync(answered, 'utf8')) as Answer;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The output of the programs is hidden unless they fail. */
function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}
