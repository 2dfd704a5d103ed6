/** Wrong words on the command line: the message goes to stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `frontbell <command>

  start [--demo]                 open the app: Electron where its runtime is present, else in the browser
  serve --data-dir DIR [--settings FILE] [--port N] [--listener-port N] [--demo] [--no-open]
                                 browser host in the foreground; first line on stdout is JSON
  call OPERATION [name=value …] [--file name=PATH] [--output PATH] [--connection ID] [--settings FILE] [--data-dir DIR]
                                 one operation of a telephony system; its answer as JSON on stdout
  operations [--json] [--system S]
                                 every operation with its parameters
  diagnose [--bundle FILE.zip] [--settings FILE] [--data-dir DIR]
                                 checks every connection, the listener, the data folder and the disk
  calls --data-dir DIR [--since ISO] [--json]
                                 calls known to the store, newest first
  contacts search TEXT [--json] [--data-dir DIR]
                                 people of the directory by name, pinyin, company or a part of a number
  log sync [--data-dir DIR] [--settings FILE] [--connection ID]
                                 bring the cached call log up to date
  log search TEXT [--json] [--data-dir DIR]
                                 calls of the cached log by number, name, pinyin or note
  voice-files list [--json] | add FILE --title T --des D | replace ID FILE --yes [--title T] [--des D] | remove ID --yes
                                 announcements of the telephone system; a WAV file becomes μ-law, 8 kHz, mono;
                                 --yes: replace and remove keep no copy of the sound that goes away
                                 all: [--connection ID] [--settings FILE] [--data-dir DIR]
  import contacts|opportunities FILE [--dry-run] [--report FILE] [--local-only] [--pbx-only] [--take-suggestions]
         [--known fill|overwrite|skip] [--sheet NAME] [--connection ID] [--settings FILE] [--data-dir DIR]
                                 customers or opportunities of a CSV or .xlsx file into the directory and the PBX
`
