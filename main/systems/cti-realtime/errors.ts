import type { ErrorTable } from '../kit/operation.ts'

/** What HTTP itself says on this platform, for every operation. Manual 000 IVR §7, §15, §18. */
export const ctiRealtimeErrors = {
  404: [
    'unavailable',
    '平台的模块尚未全部加载（或设置里的地址不对）：请稍后再试',
    'The modules of the platform are not all loaded yet (or the address in the settings is wrong): try again shortly',
  ],
  500: [
    'server-error',
    '平台处理时发生异常：请检查参数，仍失败请联系平台管理员',
    'The platform ran into an exception: check the values, then ask its administrator',
  ],
} as const satisfies ErrorTable
