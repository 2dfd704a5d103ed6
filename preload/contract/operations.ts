import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { maxFileBytes } from './bytes.ts'
import { ErrorCode, errorMap, Problem } from './errors.ts'

const Sentence = z.object({ zh: z.string(), en: z.string() })

/** One parameter of an operation, as a form shows it. */
export const OperationField = z.object({
  /** Our name. */
  key: z.string(),
  /** The vendor's name; with dots where it stands deeper in a JSON body. */
  name: z.string(),
  place: z.enum(['path', 'query', 'form', 'json', 'multipart', 'header', 'soap']),
  required: z.boolean(),
  /** What is sent when nobody gives a value; null = nothing. */
  preset: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  kind: z.enum(['text', 'number', 'flag', 'choice', 'file', 'list', 'json']),
  choices: z.array(z.object({ value: z.string(), en: z.string(), zh: z.string() })),
  en: z.string(),
  zh: z.string(),
  secret: z.boolean(),
  long: z.boolean(),
  /** A family of parameters: every name that begins with this is one. */
  prefix: z.string().optional(),
})
export type OperationField = z.infer<typeof OperationField>

/** One operation of the catalogue. */
export const OperationInfo = z.object({
  /** `system.name` */
  id: z.string(),
  system: z.string(),
  /** `client`: we ask; `inbound`: the system tells us, nothing can be sent. */
  direction: z.enum(['client', 'inbound']),
  title: z.string(),
  titleZh: z.string(),
  /** Manual and section. */
  doc: z.string(),
  method: z.string(),
  path: z.string(),
  /** Rings a telephone, or changes or ends something: ask first. */
  changes: z.boolean(),
  /** The answer is a file. */
  download: z.boolean(),
  fields: z.array(OperationField),
})
export type OperationInfo = z.infer<typeof OperationInfo>

/** A request as it will go out, secrets replaced by dots. */
export const RequestPreview = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Text of the body; for files one line for each part. */
  body: z.string().nullable(),
  /** The same as a command line. */
  curl: z.string(),
})
export type RequestPreview = z.infer<typeof RequestPreview>

/** What came back. */
export const OperationResult = z.object({
  operation: z.string(),
  /** HTTP status; null = no answer. */
  status: z.number().int().nullable(),
  /** The vendor's own result code; null where the HTTP status says it all. */
  code: z.string().nullable(),
  /** From sending to the decoded answer, ms. */
  ms: z.number(),
  /** The decoded answer; for a file its size, SHA-256 and type. Null after a failure. */
  data: z.unknown(),
  problem: Problem.nullable(),
  /** Codes in the answer that the manual explains, by their place in `data`. */
  explained: z.array(Sentence.extend({ path: z.string(), value: z.string() })),
  /** The answer's bytes as they came, the first 64 KiB; null = no answer, or a file that was passed on. */
  raw: z
    .object({ contentType: z.string().nullable(), bytes: z.number().int(), base64: z.string(), text: z.string() })
    .nullable(),
})
export type OperationResult = z.infer<typeof OperationResult>

const fileName = z.string().min(1).max(255)
const mimeType = z.string().max(200)

/** What somebody typed, as text whatever the kind of the field: the core turns it into numbers, lists and objects. */
const TypedValue = z.string().max(300_000)
/** A file chosen in the page. */
export const ChosenFile = z.object({ name: fileName, type: mimeType, bytes: z.instanceof(Uint8Array) })
export type ChosenFile = z.infer<typeof ChosenFile>
/** A file as far as a preview needs it. */
const NamedFile = z.object({ name: fileName, type: mimeType, size: z.number().int().min(0) })

const asked = { operation: z.string().min(1).max(100), connection: z.string().min(1).max(40) }
/** By the vendor's names. */
const valuesOf = <Value extends z.ZodType>(value: Value) => z.record(z.string().max(200), value)

/** News of one run: how far a file has come, then the end. */
export type RunEvent =
  | { kind: 'progress'; direction: 'upload' | 'download'; bytes: number; total: number | null }
  | {
      kind: 'done'
      result: OperationResult
      /** The file that came, when the answer is one. */
      file: Uint8Array | null
    }

/** One try, remembered until the program ends. Holds numbers, never a secret and no file. */
export const OperationTry = z.object({
  id: z.number().int(),
  /** Epoch ms. */
  at: z.number(),
  operation: z.string(),
  connection: z.string(),
  /** As they were typed, by the vendor's names; secrets, files and very long texts left out. */
  values: z.record(z.string(), z.string()),
  ms: z.number(),
  status: z.number().int().nullable(),
  /** Null = it worked. */
  code: ErrorCode.nullable(),
  vendorCode: z.string().nullable(),
})
export type OperationTry = z.infer<typeof OperationTry>

/** One request of the other side, as we took it. */
export const ReceivedCall = z.object({
  id: z.number().int(),
  /** Epoch ms. */
  at: z.number(),
  /** Who it came from, where that is known. */
  connection: z.string().nullable(),
  /** Decoded, by the vendor's names; who signed it how is left out. */
  values: z.record(z.string(), z.string()),
  /** HTTP status and words of our answer. */
  status: z.number().int(),
  answer: z.string(),
})
export type ReceivedCall = z.infer<typeof ReceivedCall>

/** Every documented operation, tried by hand. For IT. */
export const operations = {
  /** The catalogue of all systems, in the order of their manuals. Does not change while the program runs. */
  list: oc.errors(errorMap).output(z.array(OperationInfo)),
  /** The request that `run` would send, secrets masked. Nothing is sent. `bad-request` names the parameter. */
  preview: oc
    .errors(errorMap)
    .input(z.object({ ...asked, values: valuesOf(z.union([TypedValue, NamedFile])) }))
    .output(RequestPreview),
  /**
   * Send it once. The failure of the other side is `result.problem`, not an error. Cancelled by the call's signal.
   * All files together: 20 MB; a larger file in the answer ends as `unexpected-response`, reason `file-too-large`.
   */
  run: oc
    .errors(errorMap)
    .input(
      z.object({
        ...asked,
        values: valuesOf(z.union([TypedValue, ChosenFile])).refine(
          (values) => fileBytes(Object.values(values)) <= maxFileBytes,
          'files must be at most 20 MB together',
        ),
      }),
    )
    .output(eventIterator(type<RunEvent>())),
  /** The last 100 tries, newest first. */
  history: oc.errors(errorMap).output(z.array(OperationTry)),
  clearHistory: oc.errors(errorMap).output(z.void()),
  /**
   * What came lately for an operation that the other side sends, newest first. Pops and pushes are kept in the database;
   * questions of voice menus and text messages until the program ends, the last 50 of each.
   */
  received: oc
    .errors(errorMap)
    .input(z.object({ operation: z.string().min(1).max(100), limit: z.number().int().min(1).max(50).default(20) }))
    .output(z.array(ReceivedCall)),
}

function fileBytes(values: readonly (string | ChosenFile)[]): number {
  return values.reduce((sum, value) => sum + (typeof value === 'string' ? 0 : value.bytes.length), 0)
}
