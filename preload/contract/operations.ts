import { z } from 'zod'
import { Problem } from './errors.ts'

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
