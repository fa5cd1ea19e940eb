import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

import type { View } from '../../local/studio/page/route-text.ts';

export const WIDE = { width: 1280, height: 800 } as const;
export const NARROW = { width: 390, height: 844 } as const;

/** The page as a reader has it: by what things are called, not by how they are built. */
export interface StudioPage {
  readonly page: Page;
  /** What no page may do: dialogs, errors on its console, requests to elsewhere. Empty if all is well. */
  readonly complaints: readonly string[];
  goTo(view: View): Promise<void>;
  /** The row of an event in Live; with several texts, all of them are in it. */
  row(...texts: readonly string[]): Locator;
  /** One of the counters above, once it shows this. */
  counter(name: string, figure: number): Locator;
  /** The editor of this name, with all of its text replaced. */
  edit(name: string, text: string): Promise<void>;
  /** By how many pixels the page is wider than its window. */
  overflow(): Promise<number>;
  close(): Promise<void>;
}

/** Longer than anything takes on a loaded machine, and short enough for a failing test to say which wait was in vain. */
const WAIT_MS = 20_000;
const TITLES: Readonly<Record<View, RegExp>> = { live: /^Live/, mappings: /^Mappings/, try: /^Try/, quarantine: /^Quarantine/, send: /^Send/ };

/** A refusal that only a listener hears of, when the console leaves it out. */
const TELL_VIOLATIONS = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error('security policy: ' + violatedDirective + ' ' + blockedURI));`;

/** Opens the studio as somebody who was never there: nothing cached, nothing stored. */
export async function openStudio(browser: Browser, url: string, { reader = {}, view = 'live' }: { readonly reader?: BrowserContextOptions; readonly view?: View } = {}): Promise<StudioPage> {
  const context = await browser.newContext({ viewport: WIDE, ...reader });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.setDefaultTimeout(WAIT_MS);
  await page.addInitScript(TELL_VIOLATIONS);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && protocol !== 'data:') complaints.push(`asked elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    // The browser's own question whether to leave what isn't saved.
    if (dialog.type() === 'beforeunload') return void dialog.accept();
    complaints.push(`dialog: ${dialog.message()}`);
    return void dialog.dismiss();
  });
  await page.goto(`${url}/#/${view}`);
  await isConnected(page);
  return {
    page,
    complaints,
    goTo: (wanted) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: TITLES[wanted] }).click(),
    row: (...texts) => texts.reduce((rows, hasText) => rows.filter({ hasText }), page.getByRole('listbox', { name: 'Events, the newest first' }).getByRole('option')),
    counter: (name, figure) => page.locator(`[data-counter="${name}"]`).filter({ hasText: new RegExp(`^${figure.toLocaleString('en-US')}$`) }),
    async edit(name, text) {
      await page.getByRole('textbox', { name }).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    },
    overflow: () => page.evaluate<number>('document.scrollingElement.scrollWidth - innerWidth'),
    close: () => context.close(),
  };
}

/** Resolves once the page follows the bridge. */
export async function isConnected(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: /^Live$/ }).waitFor();
}
