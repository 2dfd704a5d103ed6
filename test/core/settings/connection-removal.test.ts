import { describe, expect, it } from 'vitest'
import { createConnectionRemoval } from '../../../main/core/settings/connection-removal.ts'
import { secretFieldNames } from '../../../main/core/settings/connection-secrets.ts'
import { createSettings } from '../../../main/core/settings/settings.ts'
import { Connection } from '../../../preload/contract/index.ts'
import { recordedLog } from '../../systems/recorded-log.ts'
import { createFakeFile, createFakeSecrets, fakePolicy } from './fake-ports.ts'

const canary = (name: string) => `c4nary-${name}`
/** One connection of every system, every secret of it set. */
const connections = Connection.options.map(({ shape }) => {
  const system = shape.system.value
  const secrets = Object.entries(shape).filter(([, field]) => field.meta()?.secret === true)
  return {
    id: system,
    system,
    baseUrl: 'http://192.168.1.82:12121',
    ...Object.fromEntries(secrets.map(([name]) => [name, canary(`${system}-${name}`)])),
  }
})

async function open(locked: string[] = []) {
  const disk = createFakeFile({ connections })
  const secrets = createFakeSecrets()
  const log = recordedLog()
  const policy = fakePolicy(locked.length > 0 ? { connections } : {}, locked)
  const settings = createSettings({ file: disk.file, policy, secrets: secrets.secrets, log })
  await settings.ready
  return { disk, secrets, log, settings, removal: createConnectionRemoval(settings) }
}
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id)

describe('secrets of every system', () => {
  it('are kept apart, resolved where a system is opened, and stand nowhere else', async () => {
    const { settings, disk, secrets, log } = await open()
    expect(secretFieldNames.length).toBeGreaterThanOrEqual(connections.length)
    expect(settings.current().connections).toMatchObject(connections)
    expect(secrets.state.values.size).toBe(settings.snapshot().secretsSet.length)
    await settings.update({ connections: settings.snapshot().values.connections, theme: 'dark' })
    expect(settings.current().connections).toMatchObject(connections)
    const everywhere = [settings.snapshot(), disk.state.content(), disk.state.writes, disk.state.good, log.lines]
    expect(JSON.stringify(everywhere)).not.toContain('c4nary')
  })
})

describe('removing a connection', () => {
  it('takes its secrets along; undo puts it back where it stood, with them', async () => {
    const { settings, secrets, removal, disk, log } = await open()
    const id = 'dialback'
    await removal.remove(id)
    expect(idsOf(settings.current().connections)).not.toContain(id)
    expect([...secrets.state.values.keys()].filter((key) => key.includes(id))).toEqual([])
    await removal.restore(id)
    expect(settings.current().connections).toMatchObject(connections)
    expect(JSON.stringify([settings.snapshot(), disk.state.writes, log.lines])).not.toContain('c4nary')
    await expect(removal.restore(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('undo of a connection whose name was given again is refused, and can still be done later', async () => {
    const { settings, removal } = await open()
    const [first, ...rest] = settings.snapshot().values.connections
    await removal.remove(first!.id)
    await settings.update({ connections: [{ ...first!, baseUrl: 'http://10.0.0.1' }, ...rest] })
    await expect(removal.restore(first!.id)).rejects.toMatchObject({ code: 'conflict' })
    await settings.update({ connections: rest })
    await removal.restore(first!.id)
    expect(settings.current().connections).toMatchObject(connections)
  })

  it('what is not there, and what IT has locked, is refused by name', async () => {
    const { removal, settings } = await open(['connections.telcrm'])
    await expect(removal.remove('nobody')).rejects.toMatchObject({ code: 'not-found' })
    await expect(removal.remove('telcrm')).rejects.toMatchObject({
      code: 'forbidden',
      details: { field: 'connections.telcrm' },
    })
    await expect(removal.restore('telcrm')).rejects.toMatchObject({ code: 'not-found' })
    expect(idsOf(settings.current().connections)).toContain('telcrm')
  })
})
