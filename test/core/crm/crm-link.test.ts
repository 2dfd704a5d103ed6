import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  crmFields,
  crmRuleFor,
  fillTemplate,
  isAllowedHost,
  templateFlaw,
  templateHost,
} from '../../../preload/contract/crm-link.ts'

const values = {
  caller: '13500000002',
  callee: '802',
  callId: 'a@192.168.1.82',
  name: '李 建国&x=1',
  group: '3002',
  direction: 'incoming',
}

const good = [
  ['https://crm.example.com/search?phone={caller}', 'https://crm.example.com/search?phone=13500000002'],
  ['http://192.168.1.9:8080/c/{caller}/{callId}', 'http://192.168.1.9:8080/c/13500000002/a%40192.168.1.82'],
  ['HTTPS://CRM.example.com/?q={name}', 'https://crm.example.com/?q=%E6%9D%8E%20%E5%BB%BA%E5%9B%BD%26x%3D1'],
  [
    'https://crm.example.com/#/customer/{caller}?d={direction}',
    'https://crm.example.com/#/customer/13500000002?d=incoming',
  ],
  ['https://crm/{group}-{callee}', 'https://crm/3002-802'],
  ['http://[::1]:3000/{caller}', 'http://[::1]:3000/13500000002'],
  ['https://crm.example.com', 'https://crm.example.com/'],
] as const
test.each(good)('%s is good', (template, url) => {
  expect(templateFlaw(template)).toBeNull()
  expect(fillTemplate(template, values)).toBe(url)
})

const bad = [
  '',
  'crm.example.com/{caller}',
  'ftp://crm.example.com/{caller}',
  'file:///etc/{caller}',
  'javascript:alert({caller})',
  'data:text/html,{caller}',
  'ms-msdt:/id {caller}',
  '{caller}://crm.example.com/',
  'https{direction}://crm.example.com/',
  'https://{caller}/',
  'https://{group}.example.com/',
  'https://crm.example.com{caller}/',
  'https://crm.example.com:{caller}/',
  'https://{name}@crm.example.com/',
  'https://me@crm.example.com/',
  'https://me:pw@crm.example.com/',
  'https:///{caller}',
  'https://',
  'https:crm.example.com/{caller}',
  'https://crm.example.com\\{caller}',
  '\thttps://crm.example.com/{caller}',
  'https://crm.example.com/ {caller}',
  'https://crm.example.com/\u0000{caller}',
  'https://crm.example.com/{phone}',
  'https://crm.example.com/{caller',
  'https://crm.example.com/caller}',
  'https://crm.example.com/{{caller}}',
  'https://crm.example.com/{}',
  'https://crm.exаmple.com/{caller}',
  'https://crm.example.com:99999999/{caller}',
  'https://crm..example..com:77777/{caller}',
  `https://crm.example.com/${'x'.repeat(1000)}`,
]
test.each(bad)('%j is refused with a reason', (template) => expect(templateFlaw(template)).toMatch(/\w/))

describe('whatever a caller is named', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '.',
      '..',
      '/',
      '../..',
      '%2e%2e',
      '\\',
      '?',
      '#',
      '&a=b',
      '@evil.com',
      '//evil.com',
      '\ud800',
      '{caller}',
      '\r\n',
      ' ',
    ),
  )
  const all = fc.record(
    Object.fromEntries(crmFields.map((field) => [field, anything])) as Record<
      (typeof crmFields)[number],
      typeof anything
    >,
  )
  const templates = fc.constantFrom(
    'https://crm.example.com/{name}',
    'http://crm.example.com:8080/a/{name}/b/{caller}?x={callee}&y={group}#z={callId}{direction}',
    'https://crm.example.com/{name}/{caller}/',
    'https://crm.example.com?{name}={caller}',
    'https://crm.example.com/.{name}/x',
  )

  it('the address leads to the same host, has the same segments and the same parameters', () => {
    fc.assert(
      fc.property(templates, all, (template, made) => {
        const filled = fillTemplate(template, made)
        if (filled === null) return
        const url = new URL(filled)
        const plain = new URL(template.replace(/\{\w+\}/g, 'x'))
        expect([url.protocol, url.host, url.username, url.password]).toEqual([plain.protocol, plain.host, '', ''])
        expect(url.pathname.split('/')).toHaveLength(plain.pathname.split('/').length)
        expect([...url.searchParams].length).toBeLessThanOrEqual([...plain.searchParams].length)
        expect(filled).toMatch(/^[\x21-\x7e]+$/)
      }),
      { numRuns: 500 },
    )
  })

  it('is read back by the other side letter for letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const filled = fillTemplate('https://crm.example.com/?q={name}&end=1', { ...values, name })
        expect(filled && new URL(filled).searchParams.get('q')).toBe(name.toWellFormed())
        expect(filled && new URL(filled).searchParams.get('end')).toBe('1')
      }),
    )
  })

  it('a value that would be a step up in the path is refused', () => {
    expect(fillTemplate('https://crm.example.com/c/{name}/edit', { ...values, name: '..' })).toBeNull()
    expect(fillTemplate('https://crm.example.com/c/{name}/edit', { ...values, name: '.' })).toBeNull()
    expect(fillTemplate('https://crm.example.com/c/{name}/edit', { ...values, name: '..x' })).toMatch(
      /\/c\/\.\.x\/edit$/,
    )
  })
})

it('hosts: with and without port, below a domain, and any when there is no list', () => {
  expect(templateHost('HTTPS://CRM.Example.com:443/{caller}')).toBe('crm.example.com')
  expect(templateHost('http://crm.example.com:8080/{caller}')).toBe('crm.example.com:8080')
  expect(isAllowedHost('crm.example.com', [])).toBe(true)
  expect(isAllowedHost('crm.example.com:8080', ['CRM.example.com'])).toBe(true)
  expect(isAllowedHost('crm.example.com', ['crm.example.com:8080'])).toBe(false)
  expect(isAllowedHost('a.b.example.com', ['*.example.com'])).toBe(true)
  for (const host of ['example.com', 'evilexample.com', 'example.com.evil.com'])
    expect(isAllowedHost(host, ['*.example.com'])).toBe(false)
})

it('the first rule that is for the group and the direction counts', () => {
  const rules = [
    { id: 'sales', groups: ['3002'], outgoing: false },
    { id: 'out', groups: ['3003'], outgoing: true },
    { id: 'rest', groups: [], outgoing: false },
  ]
  const of = (group: string | null, direction: string) => crmRuleFor(rules, { group, direction })?.id
  expect(of('3002', 'incoming')).toBe('sales')
  expect(of('3001', 'incoming')).toBe('rest')
  expect(of(null, 'incoming')).toBe('rest')
  expect(of('3003', 'outgoing')).toBe('out')
  expect(of('3002', 'outgoing')).toBeUndefined()
  expect(of('3002', 'internal')).toBeUndefined()
})
