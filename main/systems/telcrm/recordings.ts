import type { FetchOptions, RecordingSource, RecordingWay } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { fileDownByCallid, fileDownByFilename, recordPlayerByCallid } from './operations/recordings.ts'
import { soapCallrecordDownloadVoice, soapDownloadVoiceWithCallid } from './operations/soap/call-records.ts'

/**
 * Recordings of the PBX: by the log's path, by the call's id, and by web service or player where the download servlet is
 * off. Manual 003 §22, §27, §28.3.1.
 */
export function telcrmRecordings(session: Session): RecordingSource {
  const way = (
    fallback: boolean,
    fetch: (options: FetchOptions) => ReturnType<RecordingWay['fetch']>,
  ): RecordingWay => ({
    fallback,
    fetch,
  })
  return {
    keptMs: null,
    ways({ callId, file }) {
      const path = file?.kind === 'telcrm-file' && file.reference !== '' ? file.reference : null
      return [
        ...(path === null
          ? []
          : [way(false, (options) => call(session, fileDownByFilename, { filename: path }, options))]),
        way(false, (options) => call(session, fileDownByCallid, { callId }, options)),
        ...(path === null
          ? []
          : [way(true, (options) => call(session, soapCallrecordDownloadVoice, { filePath: path }, options))]),
        way(true, (options) => call(session, soapDownloadVoiceWithCallid, { callId }, options)),
        way(true, (options) => call(session, recordPlayerByCallid, { callId }, options)),
      ]
    },
  }
}
