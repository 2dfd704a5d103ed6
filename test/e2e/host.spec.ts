import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test as base, expect } from './app-fixture.ts'

interface Fixtures {
  /** Port of another web server on this PC, with a page on every name it has. */
  strangerPort: number
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  strangerPort: async ({}, use) => {
    const server: Server = createServer((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!doctype html><title>stranger</title><body>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await use((server.address() as AddressInfo).port)
    server.closeAllConnections()
    server.close()
  },
})

/** Everything a page can try on another origin, with the cookies that the browser has for it. */
async function attack(target: string): Promise<Record<string, string>> {
  const settled = (run: Promise<string>) =>
    Promise.race([run, new Promise<string>((done) => setTimeout(() => done('nothing'), 2000))])
  const added = <T extends HTMLElement>(element: T) => document.body.appendChild(element)
  const read = (path: string, init?: RequestInit) =>
    fetch(target + path, { credentials: 'include', ...init }).then(
      async (answer) => (answer.type === 'opaque' ? 'opaque' : `read ${answer.status}`),
      () => 'blocked',
    )
  const loads = (element: HTMLElement) =>
    new Promise<string>((done) => {
      element.onload = () => done('loaded')
      element.onerror = () => done('blocked')
      added(element)
    })
  const socket = () =>
    new Promise<string>((done) => {
      const open = new WebSocket(`${target.replace('http', 'ws')}/rpc`)
      open.onopen = () => {
        open.send(JSON.stringify({ i: '1', p: { u: '/settings/update', b: { json: { patch: { theme: 'dark' } } } } }))
        done('open')
      }
      open.onerror = () => done('blocked')
    })
  const frame = added(document.createElement('iframe'))
  frame.name = 'frame'
  const framed = () =>
    new Promise<string>((done) => {
      frame.onload = () => {
        // A page of another origin throws here; a readable one would be a hole.
        try {
          done(frame.contentDocument === null ? 'closed' : `readable: ${frame.contentDocument.title}`)
        } catch {
          done('closed')
        }
      }
      frame.src = `${target}/`
    })
  const form = added(document.createElement('form'))
  form.method = 'post'
  form.action = `${target}/rpc/settings/update`
  form.target = 'frame'
  const results: Record<string, string> = {
    fetch: await read('/'),
    post: await read('/rpc', { method: 'POST', mode: 'no-cors', body: '{}' }),
    preflight: await read('/rpc', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' }),
    image: await settled(loads(Object.assign(new Image(), { src: `${target}/favicon.ico` }))),
    script: await settled(loads(Object.assign(document.createElement('script'), { src: `${target}/assets/index.js` }))),
    socket: await settled(socket()),
    iframe: await settled(framed()),
  }
  form.submit()
  await new Promise((done) => {
    frame.onload = done
    setTimeout(done, 1000)
  })
  return results
}

for (const stranger of ['localhost', '127.0.0.1']) {
  test(`T20: a page of http://${stranger} on another port can do nothing here`, async ({
    app,
    desk,
    context,
    strangerPort,
  }) => {
    const theme = desk.locator('html')
    const before = await theme.getAttribute('data-mantine-color-scheme')
    const page = await context.newPage()
    const seen = new Map<string, number>()
    page.on('response', (response) => {
      if (new URL(response.url()).port !== String(strangerPort))
        seen.set(`${response.request().method()} ${response.url()}`, response.status())
    })
    await page.goto(`http://${stranger}:${strangerPort}/`)
    for (const target of ['127.0.0.1', 'localhost'].map((name) => `http://${name}:${new URL(app.url).port}`)) {
      const results = await page.evaluate(attack, target)
      expect(results, target).toEqual({
        fetch: 'blocked',
        post: expect.stringMatching(/blocked|opaque/),
        preflight: 'blocked',
        image: 'blocked',
        script: 'blocked',
        socket: 'blocked',
        iframe: 'closed',
      })
    }
    expect([...seen.values()].filter((status) => status < 400)).toEqual([])
    // All of it did reach the program and was refused there, not only by this browser.
    const refused = () =>
      readFileSync(join(app.dataDir, 'logs', 'frontbell.log'), 'utf8').match(/web-host-refused/g) ?? []
    await expect.poll(() => refused().length).toBeGreaterThanOrEqual(16)
    expect(await theme.getAttribute('data-mantine-color-scheme')).toBe(before)

    // A link or a window that it opens is no way in either: the cookie is not for links from elsewhere.
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => void window.open(url), `${new URL(app.url).origin}/`),
    ])
    await opened.waitForLoadState()
    await expect(opened.getByText('403')).toBeVisible()
    await desk.reload()
    await expect(desk.getByTestId('board-tile-802')).toBeVisible()
  })
}

test('the printed address works once: another browser gets 401, this one may reload it', async ({
  app,
  desk,
  browser,
}) => {
  const again = await desk.goto(app.url)
  expect(again?.status()).toBe(200)
  expect(desk.url()).not.toContain('token')
  await expect(desk.getByTestId('board-tile-802')).toBeVisible()
  const other = await browser.newContext()
  try {
    const page = await other.newPage()
    const answer = await page.goto(app.url)
    expect(answer?.status()).toBe(401)
    await expect(page.getByText('它只能用一次')).toBeVisible()
    for (const path of ['/', '/index.html', '/assets/', '/rpc', '/favicon.ico', '/?token=', '/?token=wrong']) {
      expect((await page.request.get(new URL(app.url).origin + path)).status(), path).toBe(401)
    }
    expect(await other.cookies()).toEqual([])
  } finally {
    await other.close()
  }
})
