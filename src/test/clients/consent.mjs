// Stands in for the person at the browser: reads the consent form, picks, and sends it.
// As a program (the BROWSER of a client): node consent.mjs URL, picks from the environment, and follows the redirect.
import { pathToFileURL } from 'node:url';

const unescape = (text) =>
  text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (whole, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" })[name]);

const attribute = (tag, name) => {
  const match = new RegExp(`\\b${name}="([^"]*)"`).exec(tag);
  return match ? unescape(match[1]) : undefined;
};

/** Sends the form with its own defaults, except for what is picked, and returns where it sends the browser. */
export async function consent(authorizeUrl, picks = {}) {
  const page = await fetch(authorizeUrl, { redirect: 'manual' });
  if (page.status !== 200) throw new Error(`the sign-in answered ${page.status}: ${await page.text()}`);
  const html = await page.text();
  const form = /<form\b[^>]*>/.exec(html)[0];
  const fields = new URLSearchParams();
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const type = attribute(tag, 'type');
    if (type === 'hidden' || ((type === 'radio' || type === 'checkbox') && /\bchecked\b/.test(tag))) {
      fields.append(attribute(tag, 'name'), attribute(tag, 'value'));
    }
  }
  for (const [, name, options] of html.matchAll(/<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
    fields.set(name, attribute(/<option\b[^>]*>/.exec(options)[0], 'value'));
  }
  fields.set('decision', 'approve');
  for (const [name, value] of Object.entries(picks)) {
    fields.delete(name);
    for (const one of [value].flat()) fields.append(name, one);
  }
  const action = new URL(attribute(form, 'action'), authorizeUrl);
  const sent = await fetch(action, { method: 'POST', body: fields, redirect: 'manual', headers: { Origin: action.origin } });
  const location = sent.headers.get('location');
  if (!location) throw new Error(`the consent was answered ${sent.status}: ${await sent.text()}`);
  return new URL(location);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const picks = JSON.parse(process.env.CONSENT_PICKS ?? '{}');
  const location = await consent(process.argv[2], picks);
  const landed = await fetch(location);
  await landed.text();
}
