import type { Sink } from '../../main/systems/kit/exchange.ts'
import { answer } from './canned-server.ts'
import { fileOf, type Subject } from './fault-clients.ts'
import {
  casesFor,
  closed,
  type FaultCase,
  good,
  of,
  plain,
  reset,
  tooLarge,
  undocumented,
  unexpected,
  type Verdict,
  xml,
} from './fault-scripts.ts'

const changed: Verdict = ['bad-request', 'file-changed']

/** Files: disks that are full, files that change, servers that do not want them. */
export const fileFaults: FaultCase[] = [
  ...casesFor(of('telcrm.file-down-by-callid', 'telcrm.file-down-by-callid to a disk'), [
    ['no such recording, as digits', plain('404'), ['not-found']],
    ['a refusal as JSON', answer('{"error":"no such file"}'), unexpected('not-a-file')],
    [
      'a refusal as JSON that claims to be a sound',
      answer('{"error":"no such file"}', { headers: ['Content-Type: audio/wav'] }),
      unexpected('not-a-file'),
    ],
    ['a refusal as XML', xml('<?xml version="1.0"?><error/>'), unexpected('not-a-file')],
  ]),
  ...casesFor(
    ({ streams }) => streams,
    [
      [
        'a disk that is full',
        '',
        ['storage-failed', 'sink'],
        { script: (subject) => good(subject), sink: () => failing(0) },
      ],
      [
        'a disk that fills up',
        '',
        ['storage-failed', 'sink'],
        { script: (subject) => good(subject, { body: Buffer.alloc(1_000_000, 1) }), sink: () => failing(3) },
      ],
      [
        'a disk that throws',
        '',
        ['storage-failed', 'sink'],
        {
          script: (subject) => good(subject),
          sink: () => ({
            write() {
              throw new Error('no disk')
            },
          }),
        },
      ],
      [
        'a page after a megabyte of blanks',
        answer(`${' '.repeat(1_000_000)}<html>`, { headers: ['Content-Type: audio/x-wav'] }),
        'ok',
      ],
      [
        'a page of a megabyte that claims to be a sound',
        answer(`<html>${' '.repeat(1_000_000)}`, { headers: ['Content-Type: audio/x-wav'] }),
        tooLarge,
      ],
    ],
  ),
  ...casesFor(
    ({ uploads }) => uploads,
    [
      [
        'refused before the file is read',
        '',
        undocumented,
        {
          options: () => ({
            begun: (socket) => void socket.write(answer('', { status: '413 Large', headers: ['Connection: close'] })),
          }),
          params: large,
        },
      ],
      [
        'refused and closed before the file is read',
        '',
        undocumented,
        {
          options: () => ({
            begun: (socket) => void socket.end(answer('', { status: '413 Large', headers: ['Connection: close'] })),
          }),
          params: large,
        },
      ],
      [
        'reset in the middle of the file',
        '',
        closed,
        { options: () => ({ begun: (socket) => void setTimeout(reset, 5, socket) }), params: large },
      ],
      [
        'nobody reads the file',
        '',
        ['timeout', 'idle'],
        { options: () => ({ begun: (socket) => void socket.pause() }), params: large },
      ],
      [
        'a file that is shorter than it was',
        '',
        changed,
        { params: (subject) => withFile(subject, { ...fileOf(200_000), size: 300_000 }) },
      ],
      [
        'a file that is longer than it was',
        '',
        changed,
        { params: (subject) => withFile(subject, { ...fileOf(300_000), size: 200_000 }) },
      ],
      [
        'a file that cannot be read',
        '',
        ['bad-request', 'file-unreadable'],
        { params: (subject) => withFile(subject, { ...fileOf(200_000), open: unreadable }) },
      ],
    ],
  ),
  ...[
    'file:///etc/passwd',
    'ftp://127.0.0.1/x',
    'javascript:alert(1)',
    'data:audio/wav;base64,AAAA',
    'http://user:pass@127.0.0.1/x',
    'http://127.0.0.9:9/x.mp3',
    'http://localhost:9/x.mp3',
    'http://[::1]:9/x.mp3',
    'http://[::ffff:127.0.0.9]:9/x.mp3',
    'http://169.254.169.254/latest/meta-data',
    '//127.0.0.9:9/x.mp3',
  ].flatMap((url) =>
    casesFor(of('dialback.recording-download'), [
      [`a recording at ${url}`, '', notSent('url'), { params: () => ({ url }), most: 0 }],
    ]),
  ),
  ...[
    'file:///etc/passwd',
    'http://127.0.0.9:9/x',
    '//127.0.0.9/x',
    '\\\\127.0.0.9\\x',
    '/data/../../etc/passwd',
    '',
  ].flatMap((filename) =>
    casesFor(of('voice-openapi.recording-download'), [
      [`a recording at ${filename || 'nowhere'}`, '', notSent('filename'), { params: () => ({ filename }), most: 0 }],
    ]),
  ),
]

function failing(after: number): Sink {
  let written = 0
  return {
    async write() {
      written += 1
      if (written > after) throw new Error('no space')
    },
  }
}

// biome-ignore lint/correctness/useYield: it fails before
async function* unreadable(): AsyncGenerator<Uint8Array, void> {
  throw new Error('EIO')
}

const withFile = ({ params }: Subject, file: unknown) => ({ ...params, file })
function large(subject: Subject) {
  return withFile(subject, fileOf(12_000_000))
}

function notSent(field: string): Verdict {
  return ['bad-request', 'not sent', field]
}
