import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { atEnd, openRecordings } from '../recordings/opened-recordings.ts'
import { startSoundServer } from '../recordings/sound-server.ts'
import { halfLoud, wave } from '../recordings/wave-samples.ts'
import { smallDisk } from './small-disk.ts'

it('R13: a full disk stops a download with a clear error, leaves nothing, and works again when there is room', async () => {
  const { dir } = smallDisk('2m')
  const long = wave(Buffer.alloc(5_000_000, 0xff))
  const server = await startSoundServer((request, response) =>
    response.end(request.url?.includes('long') ? long : halfLoud(2)),
  )
  atEnd(() => server.stop())
  const opened = await openRecordings({ system: 'telcrm', baseUrl: server.baseUrl }, { dir })
  await expect(opened.open('long@x')).rejects.toMatchObject({
    code: 'storage-failed',
    details: { reason: 'disk-full' },
  })
  expect(readdirSync(dir)).toEqual([])

  expect(await opened.open('short@x')).toMatchObject({ durationMs: 2000 })
})
