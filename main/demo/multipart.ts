import { RequestFault } from './request-fields.ts'

interface Form {
  fields: Map<string, string>
  /** The part that is a file. */
  file: Uint8Array | null
}

/** A multipart/form-data body with at most one file. Errors: RequestFault. Source: RFC 7578. */
export function readForm(contentType: string, body: Uint8Array): Form {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (!boundary) throw new RequestFault('the body must be multipart/form-data')
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const mark = Buffer.from(`--${boundary}`)
  const form: Form = { fields: new Map(), file: null }
  let at = bytes.indexOf(mark)
  for (;;) {
    const from = at + mark.length
    const next = bytes.indexOf(mark, from)
    if (at < 0 || next < 0) return form
    readPart(bytes.subarray(from + 2, next - 2), form)
    at = next
  }
}

function readPart(part: Buffer, form: Form): void {
  const end = part.indexOf('\r\n\r\n')
  if (end < 0) throw new RequestFault('a part of the form has no head')
  const head = part.toString('utf8', 0, end)
  const name = /content-disposition:.*[ ;]name="([^"]*)"/i.exec(head)?.[1]
  if (!name) throw new RequestFault('a part of the form has no name')
  const value = part.subarray(end + 4)
  if (/[ ;]filename="/i.test(head)) form.file = new Uint8Array(value)
  else form.fields.set(name, value.toString('utf8'))
}
