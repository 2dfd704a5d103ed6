import { describe, expect, it } from 'vitest'
import { distance, nearest } from '../../main/commands/nearest.ts'
import { frontbell } from './program.ts'

describe('frontbell operations', () => {
  it('--json: what scripts need of each', async () => {
    const ended = await frontbell(['operations', '--json', '--system', 'telcrm'])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const all = JSON.parse(ended.stdout) as { id: string; params: { name: string; required: boolean }[] }[]
    expect(all.find(({ id }) => id === 'telcrm.click-to-transfer')).toMatchObject({
      system: 'telcrm',
      direction: 'client',
      title: expect.any(String),
      titleZh: expect.any(String),
      method: 'GET',
      path: '/bridge/callctrl',
      changes: true,
      params: [
        { name: 'extnum', required: true },
        { name: 'target', required: true },
      ],
    })
    const log = all.find(({ id }) => id === 'telcrm.call-log-query')!
    expect(log.params.map(({ name, required }) => name + (required ? '*' : ''))).toEqual(
      expect.arrayContaining(['first*', 'maxResults*', 'beginDate*', 'endDate*', 'dirction']),
    )
  })
  it('for people: a table; a system that is none is wrong usage', async () => {
    const { stdout } = await frontbell(['operations'])
    expect(stdout).toMatch(/^telcrm \(\d+\)$/m)
    expect(stdout).toMatch(/^! telcrm\.click-to-dial +GET +Click to dial .* · 固话线路点击呼叫/m)
    const wrong = await frontbell(['operations', '--system', 'asterisk'])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/no system "asterisk"; there are: telcrm/)
  })
  it('a reader that has seen enough is no failure', async () => {
    expect(await frontbell(['operations'], (child) => child.stdout!.destroy())).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('nearest()', () => {
  const names = ['telcrm.click-to-dial', 'telcrm.click-to-ip-dial', 'telcrm.extnum-state', 'cloud-cs.agent-list']
  it.each([
    ['telcrm.click-to-dail', 'telcrm.click-to-dial'],
    ['click-to-dial', 'telcrm.click-to-dial'],
    ['TELCRM.EXTNUM_STATE', 'telcrm.extnum-state'],
    ['ip-dial', 'telcrm.click-to-ip-dial'],
    ['agents-list', 'cloud-cs.agent-list'],
  ])('%s → %s', (meant, name) => expect(nearest(meant, names)[0]).toBe(name))
  it('nothing that is far away', () => expect(nearest('weather-report', names)).toEqual([]))
  it('counts letters inserted, dropped, exchanged and swapped', () => {
    expect([distance('abc', 'abc'), distance('abc', 'abxc'), distance('abc', 'ac'), distance('abc', 'axc')]).toEqual([
      0, 1, 1, 1,
    ])
    expect(distance('abcd', 'abdc')).toBe(1)
    expect(distance('', 'abc')).toBe(3)
  })
})
