/** Wrong words on the command line: what is wrong goes to stderr in the user's language, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly zh: string
  constructor(en: string, zh: string) {
    super(en)
    this.zh = zh
  }
}

const en = `frontbell <command>

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

const zh = `frontbell <命令>

  start [--demo]                 打开程序：有 Electron 就用桌面窗口，否则用浏览器
  serve --data-dir 目录 [--settings 文件] [--port N] [--listener-port N] [--demo] [--no-open]
                                 在前台运行，用浏览器打开；标准输出的第一行是 JSON
  call 操作 [名称=值 …] [--file 名称=路径] [--output 路径] [--connection 连接] [--settings 文件] [--data-dir 目录]
                                 调用话机系统的一个操作，结果以 JSON 写到标准输出
  operations [--json] [--system 系统]
                                 列出全部操作和参数
  diagnose [--bundle 文件.zip] [--settings 文件] [--data-dir 目录]
                                 检查每个连接、来电接收、数据目录和磁盘
  calls --data-dir 目录 [--since 时间] [--json]
                                 本机记下的通话，最新的在前
  contacts search 文字 [--json] [--data-dir 目录]
                                 按姓名、拼音、公司或部分号码在通讯录里找人
  log sync [--data-dir 目录] [--settings 文件] [--connection 连接]
                                 把通话记录同步到最新
  log search 文字 [--json] [--data-dir 目录]
                                 按号码、姓名、拼音或备注在通话记录里找
  voice-files list [--json] | add 文件 --title 标题 --des 内容 | replace 编号 文件 --yes [--title 标题] [--des 内容] | remove 编号 --yes
                                 话机系统的语音文件；WAV 会转成 μ律、8 kHz、单声道；
                                 --yes：replace 和 remove 不保留原来的声音
                                 都可以加：[--connection 连接] [--settings 文件] [--data-dir 目录]
  import contacts|opportunities 文件 [--dry-run] [--report 文件] [--local-only] [--pbx-only] [--take-suggestions]
         [--known fill|overwrite|skip] [--sheet 工作表] [--connection 连接] [--settings 文件] [--data-dir 目录]
                                 把 CSV 或 .xlsx 里的客户或商机导入通讯录和话机系统
`

export const usage = { en, 'zh-CN': zh }
