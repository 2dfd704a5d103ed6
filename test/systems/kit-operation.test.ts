import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operation, wireParams } from '../../main/systems/kit/operation.ts'
import { buildRequest } from '../../main/systems/kit/request.ts'
import { json, text } from '../../main/systems/kit/response.ts'

const facts = { title: 'Test', titleZh: '测试', doc: 'none', response: text(), retry: 'safe' } as const
const base = new URL('http://pbx:12121/prefix/')

describe('operation()', () => {
  it('a placeholder without a parameter does not compile', () => {
    const params = z.object({ id: z.string() })
    operation({ ...facts, id: 'x.good', method: 'GET', path: '/agents/{id}', params })
    // @ts-expect-error {agent} is not a parameter
    operation({ ...facts, id: 'x.bad', method: 'GET', path: '/agents/{agent}', params })
    // @ts-expect-error the second placeholder is not a parameter
    operation({ ...facts, id: 'x.bad-too', method: 'GET', path: '/agents/{id}/calls/{call}', params })
    // @ts-expect-error a wire name for a parameter that does not exist
    operation({ ...facts, id: 'x.bad-wire', method: 'GET', path: '/', params, wire: { ident: 'ID' } })
    // @ts-expect-error a place for a parameter that does not exist
    operation({ ...facts, id: 'x.bad-place', method: 'GET', path: '/', params, in: { ident: 'header' } })
    expect(params.shape.id).toBeDefined()
  })
  it('lists its parameters as they go over the wire', () => {
    const described = operation({
      ...facts,
      id: 'x.list',
      method: 'POST',
      path: '/agents/{id}',
      params: z.object({ id: z.string(), startTime: z.string().optional(), token: z.string().default('no') }),
      wire: { startTime: 'starTime' },
      in: { token: 'header' },
    })
    expect(wireParams(described)).toEqual([
      { key: 'id', name: 'id', place: 'path', required: true, preset: undefined },
      { key: 'startTime', name: 'starTime', place: 'json', required: false, preset: undefined },
      { key: 'token', name: 'token', place: 'header', required: true, preset: 'no' },
    ])
  })
})

describe('buildRequest()', () => {
  const params = z.object({ id: z.string(), names: z.array(z.string()).optional(), data: z.unknown().optional() })

  it('encodes path and query once, repeats lists, writes objects as JSON, leaves out what is absent', () => {
    const described = operation({ ...facts, id: 'x.get', method: 'GET', path: '/a/{id}', params, fixed: { opt: 'X' } })
    expect(buildRequest(base, described, { id: 'a/b@c%40', names: ['李', 'a b&c'], data: { a: [1] } }).target).toBe(
      '/prefix/a/a%2Fb%40c%2540?names=%E6%9D%8E&names=a%20b%26c&data=%7B%22a%22%3A%5B1%5D%7D&opt=X',
    )
    expect(buildRequest(base, described, { id: '1', names: undefined, data: null }).target).toBe('/prefix/a/1?opt=X')
  })
  it('builds nested JSON from dotted wire names', () => {
    const described = operation({
      ...facts,
      id: 'x.post',
      method: 'POST',
      path: '/a',
      params,
      wire: { id: 'request.id', names: 'request.list', data: 'param' },
      response: json(z.unknown()),
    })
    const request = buildRequest(base, described, { id: '1', names: ['a'], data: { debug: 0 } })
    expect(JSON.parse(String(request.body))).toEqual({ request: { id: '1', list: ['a'] }, param: { debug: 0 } })
    expect(request.headers['content-type']).toBe('application/json')
    expect(request.headers.accept).toMatch(/^application\/json/)
  })
  it('builds a form, constants included, and headers', () => {
    const described = operation({
      ...facts,
      id: 'x.form',
      method: 'POST',
      path: '/oauth/token',
      params,
      body: 'form',
      in: { names: 'header' },
      wire: { names: 'X-Names' },
      fixed: { grant_type: 'client_credentials' },
    })
    const request = buildRequest(base, described, { id: 'ä', names: 'n' })
    expect(request).toMatchObject({ target: '/prefix/oauth/token', body: 'id=%C3%A4&grant_type=client_credentials' })
    expect(request.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded', 'x-names': 'n' })
  })
})
