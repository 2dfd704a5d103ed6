import { muLawCodes } from '../../preload/sound/index.ts'
import { readForm } from './multipart.ts'
import type { DemoPrompt } from './prompts.ts'
import { RequestFault, required } from './request-fields.ts'

/** The voice files of the PBX: manual 003 §24. */
export interface DemoToneFiles {
  /** As the manual's rows: `titel` is the vendor's spelling. */
  list(): object[]
  /** A form as it came. → the number of what was saved, 0 = it was not. */
  save(contentType: string, body: Uint8Array): number
  /** False: there is none of this number. */
  remove(id: number): boolean
}

export function createDemoToneFiles(prompts: readonly DemoPrompt[], now: () => number): DemoToneFiles {
  const files = new Map(prompts.map((prompt) => [prompt.id, prompt]))
  return {
    list: () =>
      [...files.values()].map(({ id, title, description, file }) => ({
        id,
        titel: title,
        path: file,
        des: description,
      })),
    save(contentType, body) {
      const { fields, file } = readForm(contentType, body)
      const query = new URLSearchParams([...fields])
      if (required(query, 'opt') !== 'save') throw new RequestFault('opt must be save')
      const [title, description] = [decoded(required(query, 'title')), decoded(required(query, 'des'))]
      const wanted = query.get('id')
      const old = wanted === null ? null : files.get(Number(wanted))
      const sound = file ?? old?.sound
      if (title === null || description === null || old === undefined || !sound || !muLawCodes(sound)) return 0
      const id = old?.id ?? Math.max(0, ...files.keys()) + 1
      files.set(id, { id, title, description, sound, file: file || !old ? `${now()}.wav` : old.file })
      return id
    },
    remove: (id) => files.delete(id),
  }
}

/** As java.net.URLEncoder writes; null = not encoded. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
