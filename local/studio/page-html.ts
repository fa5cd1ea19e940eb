/** What stands in the page's head besides its files. */
export interface PageMarks {
  /** Opens the API. */
  readonly token: string;
  /** For the style elements that the editor makes. */
  readonly nonce: string;
}

/** @param document with `{{token}}` and `{{nonce}}` where those belong */
export function pageHtml(document: string, { token, nonce }: PageMarks): string {
  return document.replace('{{token}}', () => escapeHtml(token)).replace('{{nonce}}', () => escapeHtml(nonce));
}

/** For when the page can't be put together. */
export function brokenPageHtml(problem: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The studio can't be shown</title>
</head>
<body>
<h1>The studio can't be shown</h1>
<p>Its files could not be put together. Run <code>npm ci</code>, then reload this page. The bridge itself runs; its counts are at <a href="/api/state">/api/state</a>.</p>
<pre>${escapeHtml(problem)}</pre>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
