/** Tests the HTML report in a real browser: finds or installs Chromium, and runs `test/browser/`. */
import { chromiumPath } from './chromium';
import { run } from './run';
import { REPOSITORY } from './scratch-copy';

process.env.CHROMIUM_PATH = chromiumPath();
run(REPOSITORY, 'npx', 'jest', '--config', 'test/browser/jest.config.json', '--coverage=false', ...process.argv.slice(2));
