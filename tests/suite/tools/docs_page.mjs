// Walks the reference of a running bookstore in Chromium: docs_page.mjs URL TOKEN FOLDER says what is wrong, and leaves pictures in
// the folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = join(process.env.ATLAS9_TOOLS, 'node/node_modules');
const { default: puppeteer } = await import(pathToFileURL(join(modules, 'puppeteer-core/lib/esm/puppeteer/puppeteer-core.js')).href);
const axe = readFileSync(join(modules, 'axe-core/axe.min.js'), 'utf8');
const [url, token, folder] = process.argv.slice(2);
const address = `${url}/docs`;

const wrong = [];
const hold = (yes, what) => { if (!yes) wrong.push(what); };
// The sandbox of Chromium does not work for root, which containers run as.
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });

/** A new page of which every request and complaint is seen. */
async function open({ scheme = 'light', width = 1440, height = 1000, script = true, hash = '' } = {}) {
    const page = await browser.newPage();
    await page.setViewport({ width, height });
    await page.setJavaScriptEnabled(script);
    await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    page.on('request', (request) => {
        const to = request.url();
        hold(to.startsWith(`${url}/`) || to.startsWith('data:'), `a request leaves the server: ${to}`);
    });
    page.on('pageerror', (error) => hold(false, `the script fails: ${error.message}`));
    page.on('console', (message) => {
        const refused = message.text().includes('Failed to load resource');
        hold(message.type() !== 'error' || refused, `the console says: ${message.text()}`);
    });
    await page.goto(address + hash, { waitUntil: 'load' });
    return page;
}

const text = (page, query) => page.$eval(query, (found) => found.textContent.trim());
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
const soon = (page, test, ...given) => page.waitForFunction(test, { timeout: 30_000 }, ...given).then(() => true, () => false);
const picture = (page, name, whole = false) => page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });

/** Goes down the page, so that whatever is made when it comes near is made. */
const walk = (page) => page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
        scrollTo(0, y);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
    }
});

async function headers() {
    const answer = await fetch(address);
    const page = await answer.text();
    const header = (name) => answer.headers.get(name) ?? '';
    hold(answer.status === 200 && header('content-type') === 'text/html; charset=utf-8', `${answer.status} ${header('content-type')}`);
    const policy = header('content-security-policy');
    for (const part of ["default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "connect-src 'self'", "frame-ancestors 'none'"]) {
        hold(policy.includes(part), `the policy has no ${part}: ${policy}`);
    }
    hold(!policy.includes('unsafe'), `the policy lets in what is unsafe: ${policy}`);
    hold(header('x-content-type-options') === 'nosniff', 'nosniff is missing');
    hold(!/\son[a-z]+=/i.test(page.split('<script>')[0]), 'the page has a handler in its markup');
    const again = await fetch(address, { headers: { 'If-None-Match': header('etag') } });
    hold(again.status === 304, `the same page again is ${again.status}`);
}

async function accessible(scheme) {
    const page = await open({ scheme });
    await walk(page);
    await page.click('[id="author.create"] .route .go');
    await page.focus('input[type=search]');
    await page.keyboard.type('book');
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
        const sheet = document.styleSheets[0];
        // What is not drawn is not judged.
        sheet.insertRule('article { content-visibility: visible !important }', sheet.cssRules.length);
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const { violations, passes } = await globalThis.axe.run(document, { runOnly: tags });
        const rules = violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
        return { rules, contrast: passes.find((rule) => rule.id === 'color-contrast')?.nodes.length ?? 0 };
    });
    found.rules.forEach((rule) => hold(false, `axe, ${scheme}: ${rule}`));
    hold(found.contrast > 300, `axe looked at the contrast of ${found.contrast} texts only`);
    await page.close();
}

async function keyboard() {
    const page = await open();
    await page.keyboard.press('Tab');
    hold(await focused(page) === 'skip', `Tab goes to ${await focused(page)} first`);
    await page.keyboard.press('Enter');
    hold(await focused(page) === 'main', `the skip link goes to ${await focused(page)}`);
    await page.keyboard.press('/');
    await page.keyboard.type('publish');
    hold(await soon(page, () => document.querySelector('#found li')?.textContent.includes('ublish')), 'the search finds nothing');
    const first = await page.$eval('#found li[aria-selected=true]', (item) => item.id);
    await page.keyboard.press('ArrowDown');
    hold(await page.$eval('#found li[aria-selected=true]', (item) => item.id) !== first, 'ArrowDown does not move');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    hold(await page.evaluate(() => location.hash) === '#book.publish', `Enter goes to ${await page.evaluate(() => location.hash)}`);
    hold(await page.evaluate(() => document.activeElement.closest('[id]').id) === 'book.publish', 'the focus does not follow');
    for (const [words, to] of [['already_published', 'error-already_published'], ['/v1/authors/{id} PATCH', 'author.update'], ['supplier_note', 'book.fields.supplier_note']]) {
        await page.keyboard.press('/');
        await page.keyboard.type(words);
        await page.keyboard.press('Enter');
        hold(await page.evaluate(() => location.hash) === `#${to}`, `${words} leads to ${await page.evaluate(() => location.hash)}`);
    }
    await page.keyboard.press('/');
    await page.keyboard.type('review');
    await page.keyboard.press('Escape');
    hold(await page.$eval('#found', (list) => list.hidden), 'Escape does not close what was found');
    await page.close();
}

async function languages() {
    await browser.defaultBrowserContext().overridePermissions(url, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
    const page = await open({ hash: '#book.create' });
    const shown = (language) => page.$eval(`[id="book.create"] figure[data-l=${language}]`, (figure) => getComputedStyle(figure).display !== 'none');
    await page.waitForSelector('[id="book.create"] .tabs');
    hold(await shown('curl') && !await shown('typescript'), 'curl is not shown first');
    const press = (word) => page.click(`[id="book.create"] figure:not([data-l=${word}]) [data-word=${word}]`);
    await page.click('[id="book.create"] figure[data-l=curl] .copy');
    hold(await soon(page, () => document.querySelector('[id="book.create"] .copy').textContent === 'Copied'), 'nothing is copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    hold(copied.startsWith(`curl -X POST '${url}/v1/books'`), `copied: ${copied}`);
    await press('typescript');
    hold(!await shown('curl') && await shown('typescript'), 'TypeScript is not shown');
    await page.reload();
    await page.waitForSelector('[id="book.create"] .tabs');
    hold(await shown('typescript'), 'the language is forgotten');
    await press('curl');
    await page.close();
}

/** The call is tried with a form; the answer's status. */
async function attempt(page, op, given, presses = 1) {
    await page.evaluate((op) => document.getElementById(op).scrollIntoView(), op);
    await page.waitForSelector(`[id="${op}"] .route .go`);
    await page.click(`[id="${op}"] .route .go`);
    for (const [label, value] of Object.entries(given)) {
        const field = await page.evaluateHandle((op, label) => {
            const labels = [...document.querySelectorAll(`[id="${op}"] .try label`)];
            return labels.find((each) => each.textContent.startsWith(label)).querySelector('input, textarea');
        }, op, label);
        await field.evaluate((input) => { input.value = ''; });
        await field.type(value);
    }
    for (let press = 0; press < presses; press += 1) {
        await page.click(`[id="${op}"] .try .row .go`);
        hold(await soon(page, (op) => document.querySelector(`[id="${op}"] .try [role=status]`).textContent, op), `${op} says nothing`);
        if (press + 1 < presses) {
            hold((await text(page, `[id="${op}"] .try [role=status]`)).startsWith('This deletes'), `${op} does not ask before it deletes`);
        }
    }
    hold(await soon(page, (op) => document.querySelector(`[id="${op}"] .try .s`), op), `${op} has no answer: ${await text(page, `[id="${op}"] .try [role=status]`)}`);
    return text(page, `[id="${op}"] .try .s`);
}

async function trying() {
    const page = await open({ height: 1300 });
    let status = await attempt(page, 'author.create', { Body: '{"name": "Nobody"}' });
    hold(status === '401', `without a token: ${status}`);
    await page.type('.token', token);
    await page.click('[id="author.create"] .route .go');
    status = await attempt(page, 'author.create', { Body: '{"name": "Frank Herbert"}' });
    hold(status === '201', `an author is made: ${status}`);
    const made = JSON.parse(await text(page, '[id="author.create"] .try [role=status] > pre'));
    hold(made.name === 'Frank Herbert', 'the author has another name');
    await picture(page, 'try');
    status = await attempt(page, 'author.get', { id: made.id });
    hold(status === '200', `the author is read: ${status}`);
    status = await attempt(page, 'author.delete', { id: made.id }, 2);
    hold(status === '204', `the author is deleted: ${status}`);
    hold((await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie)).includes(token) === false, 'the token is kept');
    await page.close();
}

async function contents() {
    const page = await open();
    // What is laid out above a part while a slow machine catches up moves it away: a reader would scroll again.
    const follows = (id) => soon(page, (id) => {
        document.getElementById(id).scrollIntoView();
        return document.querySelector('nav a[aria-current]')?.hash === `#${id}`;
    }, id);
    hold(await follows('author.update'), 'the contents do not follow');
    hold(await follows('errors'), 'the contents do not follow into the errors');
    const dead = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].map((link) => link.hash.slice(1)).filter((id) => !document.getElementById(id)));
    hold(dead.length === 0, `links lead nowhere: ${dead}`);
    await page.close();
}

async function narrow(script) {
    const page = await open({ width: 360, height: 760, script });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    hold(width <= 360, `at 360 pixels the page is ${width} wide`);
    if (!script) {
        const shown = await page.$eval('main', (main) => main.textContent);
        for (const part of ['curl -X POST', 'bookstore.books.publish(', 'already_published', 'Deprecated since 1.2.0', '1 June 2027']) {
            hold(shown.includes(part), `without a script there is no ${part}`);
        }
        hold(await page.$('button, input, textarea') === null, 'without a script there is something to press');
    } else {
        await walk(page);
        hold(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, 'the whole page is wider than 360 pixels');
        await page.evaluate(() => scrollTo(0, 0));
    }
    await picture(page, script ? 'phone' : 'phone_without_script');
    await page.evaluate(() => document.getElementById('book.create').scrollIntoView());
    await new Promise((done) => setTimeout(done, 300));
    await picture(page, script ? 'phone_operation' : 'phone_operation_without_script');
    await page.close();
}

async function pictures() {
    for (const scheme of ['light', 'dark']) {
        for (const [name, hash] of [['top', ''], ['resource', '#book'], ['operation', '#book.create'], ['list', '#book.list'], ['errors', '#errors'], ['types', '#types']]) {
            const page = await open({ scheme, hash });
            await new Promise((done) => setTimeout(done, 300));
            await picture(page, `${scheme}_${name}`);
            await page.close();
        }
    }
    const page = await open({ script: false });
    await picture(page, 'without_script');
    await page.close();
}

const all = { headers, light: () => accessible('light'), dark: () => accessible('dark'), keyboard, languages, trying, contents, narrow: () => narrow(true), without: () => narrow(false), pictures };
for (const [name, part] of Object.entries(all)) {
    try { await part(); } catch (error) { hold(false, `${name}: ${error.stack}`); }
}
await browser.close();
wrong.forEach((what) => console.error(what));
process.exit(wrong.length ? 1 : 0);
