import { expect, test } from 'vitest'
import { allowedLink, openMail, openWebPage } from '../../main/shell/links.ts'

const allowed: [string, string][] = [
  ['https://crm.example.com/customer/12', 'https://crm.example.com/customer/12'],
  ['https://crm.example.com', 'https://crm.example.com/'],
  ['https://crm.example.com:8443/a?b=c&d=%E5%BC%A0#e', 'https://crm.example.com:8443/a?b=c&d=%E5%BC%A0#e'],
  ['https://192.168.1.82/crm', 'https://192.168.1.82/crm'],
  ['https://[::1]/crm', 'https://[::1]/crm'],
  ['HTTPS://CRM.EXAMPLE.COM/', 'https://crm.example.com/'],
  ['mailto:wang@example.com', 'mailto:wang@example.com'],
  [
    'mailto:wang.fang+crm@mail.example.com.cn?subject=Call%20back&body=13500000002',
    'mailto:wang.fang+crm@mail.example.com.cn?subject=Call%20back&body=13500000002',
  ],
]

const refused = [
  '',
  ' ',
  'https',
  'https:',
  'https:/',
  'https://',
  'https:///x',
  'https:example.com',
  'https:/example.com',
  '//example.com/x',
  '/etc/passwd',
  'example.com',
  'www.example.com',
  'http://example.com/',
  'ftp://example.com/',
  'ws://example.com',
  'file:///etc/passwd',
  'file://server/share/x.exe',
  'FILE:///C:/Windows/System32/calc.exe',
  'smb://server/share',
  'nfs://server/x',
  '\\\\server\\share\\x.exe',
  '\\\\?\\C:\\x',
  'C:\\Windows\\System32\\calc.exe',
  'c:/windows/system32/calc.exe',
  'https:\\\\example.com\\x',
  'https://example.com\\@evil.com',
  'https://ok.com/\\..\\x',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:x',
  'data:text/html,<script>1</script>',
  'blob:https://example.com/1',
  'about:blank',
  'chrome://settings',
  'devtools://x',
  'view-source:https://example.com',
  'filesystem:https://example.com/x',
  'ms-msdt:/id PCWDiagnostic',
  'ms-officecmd:{}',
  'ms-settings:',
  'ms-appinstaller:?source=https://evil.com/x',
  'search-ms:query=x',
  'shell:startup',
  'calculator:',
  'ldap://x',
  'ssh://x',
  'telnet://x',
  'sip:801@192.168.1.82',
  'tel:13500000002',
  'callto:x',
  'facetime:x',
  'sms:1',
  'steam://run/1',
  'vscode://x',
  'intent://x#Intent;end',
  'frontbell://app/index.html',
  'x-apple.systempreferences:',
  'jar:https://x!/y',
  'https://user@example.com/',
  'https://user:pass@example.com/',
  'https://example.com@evil.com/',
  'https://@evil.com/',
  'https://exa mple.com/',
  ' https://example.com/',
  'https://example.com/ ',
  'https://example.com/a b',
  'https://example.com/\r\nX: y',
  'https://exam\nple.com/',
  'https://example.com/\0',
  'https://example.com/\u202egpj.exe',
  'https://例子.测试/',
  'https://xn--fsqu00a.xn--0zwm56d/',
  'https://аррӏе.com/',
  'https://xn--80ak6aa92e.com/',
  'https://example.com/客户',
  'https://example.com/"x',
  'https://example.com/<script>',
  'https://example.com/`id`',
  'https://example.com/{x}',
  'https://example.com/a|calc',
  'https://exa%00mple.com/',
  'https://[::1',
  'https://example.com:99999/',
  `https://example.com/${'a'.repeat(2048)}`,
  'mailto:',
  'mailto:x',
  'mailto:a@b',
  'mailto://a@example.com',
  'mailto:a@example.com,b@example.com',
  'mailto:a@example.com?cc=b@example.com',
  'mailto:a@example.com?attach=/etc/passwd',
  'mailto:a@example.com?subject=x&attachment=C:/x',
  'mailto:a@example.com?subject=x%0d%0aBcc:b@example.com',
  'mailto:a@example.com?body=%0A',
  'mailto:"a"@example.com',
  'mailto:-x@example.com --attach',
  'mailto:%22@example.com',
]

test('the table is long enough to mean something', () => {
  expect(new Set([...refused, ...allowed.map(([link]) => link)]).size).toBeGreaterThanOrEqual(60)
})
test.each(allowed)('%s may be opened', (link, normal) => expect(allowedLink(link)).toBe(normal))
test.each(refused)('%j is refused', (link) => expect(allowedLink(link)).toBeNull())

const opening = () => {
  const opened: string[] = []
  return { opened, shell: { openExternal: async (url: string) => void opened.push(url) } }
}
const broken = { openExternal: async () => Promise.reject(new Error('no application')) }
const refusal = { code: 'bad-request', details: { field: 'link' } }

test('a mail link is opened in its normal spelling; nothing else reaches the system', async () => {
  const { opened, shell } = opening()
  await openMail(shell, 'MAILTO:li@example.com?subject=%E6%9D%8E')
  for (const link of [
    'file:///etc/passwd',
    'https://crm.example.com/',
    'mailto:',
    'mailto:li@example.com?cc=x@example.com',
  ])
    await expect(openMail(shell, link)).rejects.toMatchObject(refusal)
  expect(opened).toEqual(['mailto:li@example.com?subject=%E6%9D%8E'])
  await expect(openMail(broken, 'mailto:li@example.com')).rejects.toMatchObject({ code: 'unavailable' })
})

test('a page of the customer system is opened when it is on the configured host, over http too', async () => {
  const { opened, shell } = opening()
  await openWebPage(shell, 'HTTPS://CRM.EXAMPLE.COM/?q=1', 'crm.example.com')
  await openWebPage(shell, 'http://192.168.1.9:8080/c/1#x', '192.168.1.9:8080')
  expect(opened).toEqual(['https://crm.example.com/?q=1', 'http://192.168.1.9:8080/c/1#x'])
  await expect(openWebPage(broken, 'https://crm.example.com/', 'crm.example.com')).rejects.toMatchObject({
    code: 'unavailable',
  })
})

test.each([
  ...refused.filter((link) => !link.startsWith('http:')),
  'https://evil.com/',
  'https://crm.example.com.evil.com/',
  'https://crm.example.com@evil.com/',
  'https://me@crm.example.com/',
  'https://me:pw@crm.example.com/',
  'https://crm.example.com:8443/',
  'http:\\\\crm.example.com/',
  'ftp://crm.example.com/',
  'javascript:open("//crm.example.com")',
])('%j is no page of crm.example.com', async (link) => {
  const { opened, shell } = opening()
  await expect(openWebPage(shell, link, 'crm.example.com')).rejects.toMatchObject(refusal)
  expect(opened).toEqual([])
})
