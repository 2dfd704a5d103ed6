import { describe, expect, it } from 'vitest'
import { createIdentify } from '../../../main/core/directory/identify.ts'
import { createMemoryDirectory } from './directory-stand-in.ts'

function setUp(options: { areaCode?: string } = {}) {
  const directory = createMemoryDirectory([
    { name: '李建国', company: '深圳华强电子有限公司', numbers: ['135 0000 0002', '0755-2800 0123'] },
    { name: '冒名者', numbers: ['801'] },
  ])
  const identify = createIdentify({
    directory,
    extensionName: (extension) => (extension === '801' ? '李阳' : null),
    ...(options.areaCode ? { numbers: () => ({ areaCode: options.areaCode }) } : {}),
  })
  return { directory, identify }
}

describe('identify', () => {
  it.each(['13500000002', '013500000002', '+86 135-0000-0002', '0086 13500000002', '１３５００００ ０００２'])(
    'finds the name behind %s',
    (number) => {
      expect(setUp().identify(number)).toEqual({
        number,
        canonical: '13500000002',
        display: '135 0000 0002',
        home: null,
        name: '李建国',
        company: '深圳华强电子有限公司',
        source: 'directory',
      })
    },
  )

  it('tells the home of a landline and leaves a stranger nameless', () => {
    expect(setUp().identify('076922003318')).toEqual({
      number: '076922003318',
      canonical: '076922003318',
      display: '0769-2200 3318',
      home: '广东东莞',
      name: null,
      company: null,
      source: null,
    })
  })

  it('a colleague goes before the directory', () => {
    expect(setUp().identify('801')).toMatchObject({ name: '李阳', source: 'extension', display: '801' })
    expect(setUp().identify('802')).toMatchObject({ name: null, source: null })
  })

  it('uses learned names until somebody enters a better one', async () => {
    const { directory, identify } = setUp()
    await directory.learn([{ canonical: '13800000417', name: '王', at: 1, connection: 'pbx' }])
    expect(identify('13800000417')).toMatchObject({ name: '王', source: 'learned' })
    await directory.save({ number: '13800000417', canonical: '13800000417', name: '王女士', company: '广州天河贸易' })
    expect(identify('+8613800000417')).toMatchObject({ name: '王女士', company: '广州天河贸易', source: 'directory' })
  })

  it('completes local numbers with the office area code', () => {
    expect(setUp().identify('28000123').name).toBeNull()
    expect(setUp({ areaCode: '0755' }).identify('28000123')).toMatchObject({ name: '李建国', home: '广东深圳' })
  })

  it('looks a number up once for as long as nothing changes', async () => {
    const { directory } = setUp()
    let lookups = 0
    let areaCode = { areaCode: '0755' }
    const identify = createIdentify({
      directory: {
        ...directory,
        lookup(canonical) {
          lookups += 1
          return directory.lookup(canonical)
        },
      },
      extensionName: () => null,
      numbers: () => areaCode,
    })
    expect([identify('28000123').name, identify('28000123').name, lookups]).toEqual(['李建国', '李建国', 1])
    await directory.save({ number: '28000123', canonical: '075528000123', name: '李总', company: null })
    expect([identify('28000123').name, identify('28000123').name, lookups]).toEqual(['李总', '李总', 2])
    areaCode = { areaCode: '010' }
    expect(identify('28000123')).toMatchObject({ name: null, home: '北京' })
    for (let n = 0; n < 5000; n += 1) identify(String(13800000000 + n))
    expect(identify('13800000417').name).toBeNull()
  })

  it('never puts a name on a masked number: it fits many people', async () => {
    const { directory, identify } = setUp()
    await directory.learn([{ canonical: '135****0002', name: '某人', at: 1, connection: 'pbx' }])
    expect(identify('135****0002')).toMatchObject({ name: null, source: null, display: '135 **** 0002' })
  })

  it.each(['', 'anonymous', '\u0000', '1'.repeat(500)])('copes with "%s"', (number) => {
    expect(setUp().identify(number)).toMatchObject({ number, name: null })
  })
})
