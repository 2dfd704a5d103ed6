import { ORPCError } from '@orpc/client'
import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseRoute } from '../../renderer/app/route.ts'
import { explainError, i18n } from '../../renderer/i18n/index.ts'
import { backoffMs } from '../../renderer/rpc/backoff.ts'
import { keyName } from '../../renderer/ui/use-keys.ts'

const explain = (error: unknown, operation?: string) => explainError(i18n.t as unknown as TFunction, error, operation)

describe('error sentences', () => {
  beforeAll(() => i18n.changeLanguage('zh-CN'))

  it('speak about the operation where it matters', () => {
    const busy = new ORPCError('busy', { data: { operation: 'telcrm.click-to-transfer', status: 486 } })
    expect(explain(busy, 'transfer').sentence).toBe('没有转出：对方忙。请换一位同事，或稍后再转。')
    expect(explain(busy).sentence).toBe('对方忙。')
    expect(explain(busy, 'transfer').details).toBe('busy · telcrm.click-to-transfer · HTTP 486')
  })
  it('take a problem from a snapshot as well as a thrown error', () => {
    expect(explain({ code: 'timeout', details: {} })).toEqual({
      sentence: '话机系统没有及时回答。请稍后再试。',
      details: null,
    })
  })
  it('say which fault a connection has, where it is known', () => {
    const withReason = (reason: string) => explain({ code: 'unexpected-response', details: { reason } }).sentence
    expect(withReason('html-page')).toContain('登录页')
    expect(withReason('broken-json')).toContain('不完整')
    expect(withReason('something: new.')).toBe('话机系统的回答看不懂。请把详情交给网管。')
    expect(withReason('never-heard-of')).toBe('话机系统的回答看不懂。请把详情交给网管。')
    const refused = { code: 'unreachable', details: { reason: 'connection-refused' } }
    expect(explain(refused, 'dial').sentence).toContain('没有拨出')
  })
  it('name the field', () => {
    expect(explain({ code: 'forbidden', details: { field: 'listener.port' } }, 'settings').sentence).toContain(
      'listener.port',
    )
  })
  it('say that it was my own extension, not that it is no number', () => {
    const own = { code: 'bad-request', details: { field: 'number', reason: 'this is your own extension' } }
    expect(explain(own, 'dial').sentence).toBe('没有拨出：这是您自己的分机。')
    expect(explain(own, 'transfer').sentence).toContain('没有转出：这是您自己的分机')
    const noNumber = { code: 'bad-request', details: { field: 'number', reason: 'this is not a telephone number' } }
    expect(explain(noNumber, 'dial').sentence).toContain('不像一个可以拨的号码')
  })
  it('say in the page’s language why a setting is wrong', () => {
    const details = { field: 'listener.port', reason: 'must be at most 65535' }
    expect(explain({ code: 'bad-request', details }, 'settings').sentence).toBe(
      '没有保存：listener.port 填写不对（不能大于 65535）。',
    )
    expect(explain({ code: 'bad-request', details: { field: 'x', reason: 'new' } }, 'settings').sentence).toBe(
      '没有保存：x 填写不对。',
    )
  })
  it('never claim to know what happened to a call when the link broke', () => {
    const lost = Object.assign(new Error(), { name: 'LinkLostError' })
    expect(explain(lost, 'dial').sentence).toContain('不知道是否已拨出')
  })
  it('have words for what nobody expected', () => {
    expect(explain(new TypeError('x is undefined'))).toMatchObject({ details: 'page-error · x is undefined' })
    expect(explain('boom').sentence).toContain('页面出了错误')
    expect(explain(new ORPCError('INTERNAL_SERVER_ERROR')).sentence).toContain('内部错误')
  })
})

describe('small parts of the frame', () => {
  it('reads routes', () => {
    expect(parseRoute('#/settings/listener')).toEqual({ page: 'settings', section: 'listener' })
    expect(parseRoute('#/calls')).toEqual({ page: 'calls', section: null })
    expect(parseRoute('')).toEqual({ page: 'desk', section: null })
    expect(parseRoute('#/nowhere')).toEqual({ page: 'desk', section: null })
  })
  it('waits longer between tries, never more than six seconds', () => {
    const waits = [0, 1, 2, 3, 4, 5, 20].map((attempt) => backoffMs(attempt, () => 0.5))
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
    expect(backoffMs(30, () => 1)).toBe(6000)
  })
  it('names keys', () => {
    const key = { ctrlKey: false, metaKey: false, altKey: false }
    expect(keyName({ ...key, key: 'T' })).toBe('t')
    expect(keyName({ ...key, key: 'k', ctrlKey: true })).toBe('ctrl+k')
    expect(keyName({ ...key, key: 'Escape' })).toBe('Escape')
  })
})
