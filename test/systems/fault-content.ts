import { encodeGbk } from '../fakes/telcrm/gbk.ts'
import { answer, type Script } from './canned-server.ts'
import type { Subject } from './fault-clients.ts'
import {
  deepObject,
  equation,
  isJson,
  isText,
  noContent,
  nothing,
  otherObject,
  own,
  page,
  tooDeep,
  words,
  wrongShape,
  xml,
} from './fault-expectations.ts'
import { type FaultCase, good, unexpected } from './fault-scripts.ts'

const html = '<!DOCTYPE html><html><head><title>登录</title></head><body><form></form></body></html>'

const changed = (change: (body: string) => string) => (subject: Subject) =>
  good(subject, { body: change(subject.good.body.toString()) })

/** A field more in the outermost object, or in the first row. */
const withField = (name: string, value: string) =>
  changed((body) => body.replace('{', `{${JSON.stringify(name)}:${value},`))

const json = (body: string) => (): Script => answer(body)
const typed = (type: string, body: string | Buffer) => answer(body, { headers: [`Content-Type: ${type}`] })

export const contentFaults: FaultCase[] = [
  // Something else than an answer
  { name: 'login page with status 200', script: () => typed('text/html', html), expect: page },
  { name: 'login page that claims to be JSON', script: () => answer(html), expect: page },
  { name: 'login page that claims to be a sound', script: () => typed('audio/x-wav', html), expect: page },
  { name: 'login page after a byte order mark and blanks', script: () => answer(`\ufeff \r\n ${html}`), expect: page },
  { name: 'plain words', script: () => typed('text/plain', 'It works!'), expect: words, output: 'other' },
  { name: 'empty body', script: () => answer(''), expect: nothing, output: 'other' },
  { name: 'blanks only', script: () => answer(' \r\n\t'), only: isText, expect: nothing, output: 'other' },
  { name: '204', script: () => 'HTTP/1.1 204 No Content\r\n\r\n', expect: noContent, output: 'other' },
  {
    name: 'zero bytes',
    script: () => typed('text/plain', Buffer.alloc(50)),
    only: isText,
    expect: words,
    output: 'other',
  },
  {
    name: 'an XML document',
    script: () => typed('text/plain', '<?xml version="1.0"?><a>1</a>'),
    only: isText,
    expect: xml,
    output: 'other',
  },
  // Somewhere else
  ...['301', '302', '303', '307', '308'].map(
    (status): FaultCase => ({
      name: `${status} to another host`,
      script: () => answer('', { status: `${status} Moved`, headers: ['Location: http://127.0.0.9:9/x'] }),
      expect: unexpected('redirect'),
    }),
  ),
  {
    name: 'redirect to itself',
    script: () => answer('', { status: '307 Again', headers: ['Location: /'] }),
    expect: unexpected('redirect'),
  },
  { name: 'redirect to nowhere', script: () => answer('', { status: '302 Found' }), expect: unexpected('redirect') },
  {
    name: 'redirect to a file',
    script: () => answer('', { status: '302 Found', headers: ['Location: file:///etc/passwd'] }),
    expect: unexpected('redirect'),
  },
  { name: '304', script: () => 'HTTP/1.1 304 Not Modified\r\n\r\n', expect: unexpected('redirect') },
  // JSON that is none, or another
  {
    name: 'JSON cut off',
    script: changed((body) => body.slice(0, -4)),
    only: isJson,
    expect: unexpected('broken-json'),
  },
  { name: 'JSON with a tail', script: changed((body) => `${body}}]`), only: isJson, expect: unexpected('broken-json') },
  {
    name: 'JSON twice',
    script: changed((body) => body + body),
    only: isJson,
    expect: unexpected('broken-json'),
  },
  {
    name: 'a length that is too short',
    script: (subject) => good(subject, { length: 20 }),
    only: isJson,
    expect: unexpected('broken-json'),
  },
  { name: 'null', script: json('null'), expect: wrongShape, output: 'other' },
  { name: 'true', script: json('true'), expect: wrongShape, output: 'other' },
  { name: 'a text', script: json('"200"'), expect: wrongShape, output: 'other' },
  { name: 'a number', script: json('12.5'), expect: wrongShape, output: 'other' },
  { name: 'a number without end', script: json('9'.repeat(400)), expect: wrongShape, output: 'other' },
  {
    name: 'an empty list',
    script: json('[]'),
    expect: (subject) => own(subject, { 'telcrm.extnum-state': 'ok' }, wrongShape(subject)),
    output: 'other',
  },
  {
    name: 'a list of numbers',
    script: json('[1,2]'),
    expect: (subject) => own(subject, { 'telcrm.extnum-state': unexpected('wrong-field', '[0]') }, wrongShape(subject)),
    output: 'other',
  },
  { name: 'an empty object', script: json('{}'), expect: otherObject, output: 'other' },
  {
    name: 'an object of another kind',
    script: json('{"timestamp":"now","status":true}'),
    expect: otherObject,
    output: 'other',
  },
  {
    name: 'a list around it',
    script: changed((body) => (body.trim().startsWith('[') ? `{"list":${body}}` : `[${body}]`)),
    only: isJson,
    expect: wrongShape,
  },
  { name: 'endless brackets', script: json('['.repeat(60_000)), expect: tooDeep, output: 'other' },
  { name: 'deep brackets', script: json('['.repeat(30_000) + ']'.repeat(30_000)), expect: tooDeep, output: 'other' },
  {
    name: 'deep objects',
    script: json(`${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`),
    expect: deepObject,
    output: 'other',
  },
  {
    name: 'a deep field nobody knows',
    script: withField('extra', '['.repeat(15_000) + ']'.repeat(15_000)),
    only: isJson,
    expect: tooDeep,
  },
  // Names that mean something to the language
  {
    name: '__proto__',
    script: withField('__proto__', '{"polluted":true,"code":0}'),
    only: isJson,
    expect: 'ok',
    output: 'more',
  },
  {
    name: 'constructor',
    script: withField('constructor', '{"prototype":{"polluted":true}}'),
    only: isJson,
    expect: 'ok',
    output: 'more',
  },
  {
    name: 'toString and others',
    script: withField('toString', '1,"valueOf":2,"hasOwnProperty":3,"length":4,"then":5'),
    only: isJson,
    expect: 'ok',
    output: 'more',
  },
  { name: 'fields that come twice', script: withField('x', '1,"x":2'), only: isJson, expect: 'ok', output: 'more' },
  {
    name: 'numbers beyond all measure',
    script: withField('x', '1e999,"y":-1e999,"z":99999999999999999999,"w":-0'),
    only: isJson,
    expect: 'ok',
    output: 'more',
  },
  {
    name: 'ten thousand fields',
    script: withField('f0', `${Array.from({ length: 4_000 }, (_one, at) => `1,"f${at + 1}":`).join('')}1`),
    only: isJson,
    expect: 'ok',
    output: 'more',
  },
  // Charsets
  { name: 'byte order mark', script: changed((body) => `\ufeff${body}`), only: isText, expect: 'ok' },
  { name: 'blanks around', script: changed((body) => `\r\n\t ${body} \n`), only: isText, expect: 'ok' },
  {
    name: 'GBK, charset not stated',
    script: ({ good: { body } }) => typed('text/plain', encodeGbk(body.toString())),
    only: isText,
    expect: 'ok',
  },
  {
    name: 'GBK that claims to be UTF-8',
    script: ({ good: { body } }) => typed('text/plain;charset=UTF-8', encodeGbk(body.toString())),
    only: isText,
    expect: 'ok',
  },
  {
    name: 'UTF-16',
    script: ({ good: { body } }) => typed('text/plain', Buffer.from(`\ufeff${body}`, 'utf16le')),
    only: isText,
    expect: 'ok',
  },
  {
    name: 'UTF-8 that claims to be Latin-1',
    script: ({ good: { body } }) => typed('text/html;charset=ISO-8859-1', body),
    only: isText,
    expect: 'ok',
  },
  {
    name: 'a charset that does not exist',
    script: ({ good: { body } }) => typed('text/plain; charset=x-none', body),
    only: isText,
    expect: 'ok',
  },
  { name: 'no type', script: ({ good: { body } }) => answer(body, { headers: [] }), expect: 'ok' },
  {
    name: 'two types',
    script: ({ good: { body } }) =>
      answer(body, { headers: ['Content-Type: x/y', 'Content-Type: application/octet-stream'] }),
    expect: 'ok',
  },
  {
    name: 'a type that is none',
    script: ({ good: { body } }) => answer(body, { headers: ['Content-Type: ;;=;,charset'] }),
    expect: 'ok',
  },
  // The other side quotes what it was sent
  {
    name: 'quotes the request as words',
    script:
      () =>
      (socket, _nth, { head, body }) =>
        void socket.write(typed('text/plain', head + body.slice(0, 5_000))),
    only: isText,
    expect: (subject) => own(subject, { 'cti-realtime.identify-single': unexpected('not-pairs') }, equation(subject)),
    output: 'other',
  },
  {
    name: 'quotes the request as a page under status 500',
    script:
      () =>
      (socket, _nth, { head, body }) =>
        void socket.write(answer(`<html>${head}${body.slice(0, 5_000)}`, { status: '500 No' })),
    expect: ['server-error'],
  },
  {
    name: 'quotes the request in its headers',
    script:
      () =>
      (socket, _nth, { head, body }) =>
        void socket.write(
          answer('', {
            status: `500 ${head.split('\r\n')[0]}`,
            headers: [`X-Request: ${(head + body.slice(0, 2_000)).replace(/[^\x20-\x7e]/g, ' ')}`],
          }),
        ),
    expect: ['server-error'],
  },
]
