/**
 * What a page of another site can try against an address of the studio, as statements for the browser. `target`, `token` and
 * `body` are there; each gives back what it got to see.
 */
export const ATTACKS: readonly (readonly [name: string, statements: string])[] = [
  ['fetch', `return fetch(target).then((answer) => answer.text(), () => 'nothing');`],
  ['fetch with credentials', `return fetch(target, { credentials: 'include' }).then((answer) => answer.text(), () => 'nothing');`],
  ['fetch that asks for no permission', `return fetch(target, { mode: 'no-cors', credentials: 'include' }).then((answer) => answer.text(), () => '').then((text) => text || 'nothing');`],
  ['fetch with the token, if it knew it', `return fetch(target, { headers: { 'x-studio-token': token } }).then((answer) => answer.text(), () => 'nothing');`],
  ['post', `return fetch(target, { method: 'POST', mode: 'no-cors', body }).then((answer) => answer.text(), () => '').then((text) => text || 'nothing');`],
  ['post with the token, if it knew it', `return fetch(target, { method: 'POST', headers: { 'x-studio-token': token }, body }).then((answer) => answer.text(), () => 'nothing');`],
  [
    'stream',
    `const source = new EventSource(target, { withCredentials: true });
     return new Promise((resolve) => {
       source.onmessage = source.onopen = () => resolve('opened');
       source.onerror = () => { source.close(); resolve('nothing'); };
     });`,
  ],
  ['script', element('script', 'src')],
  ['module', `return import(target).then(() => 'loaded', () => 'nothing');`],
  ['style sheet', element('link', 'href')],
  ['image', element('img', 'src')],
  [
    'frame',
    `const frame = Object.assign(document.createElement('iframe'), { src: target });
     const told = new Promise((resolve) => { frame.onload = resolve; });
     document.body.append(frame);
     await told;
     return frame.contentDocument?.body.textContent || 'nothing';`,
  ],
  [
    // As text/plain a form can send JSON: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#plain-text-form-data
    'form',
    `const frame = Object.assign(document.createElement('iframe'), { name: target });
     document.body.append(frame);
     const form = Object.assign(document.createElement('form'), { action: target, method: 'post', enctype: 'text/plain', target });
     form.append(Object.assign(document.createElement('input'), { name: body.slice(0, -1) + ',"rest":"', value: '"}' }));
     document.body.append(form);
     const told = new Promise((resolve) => { frame.onload = resolve; });
     form.submit();
     await told;
     return frame.contentDocument?.body.textContent || 'nothing';`,
  ],
];

function element(name: string, attribute: string): string {
  return `const one = Object.assign(document.createElement('${name}'), { ${attribute}: target, rel: 'stylesheet' });
    const told = new Promise((resolve) => { one.onload = () => resolve('loaded'); one.onerror = () => resolve('nothing'); });
    document.body.append(one);
    return told;`;
}
