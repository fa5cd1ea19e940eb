import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

export function launchChromium(executablePath: string, more: readonly string[] = []): Promise<Browser> {
  // Chromium's sandbox doesn't work for root, who runs the tests in many containers.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...asRoot, ...more] });
}
