import { history } from './bench/history.ts'
import { print } from './bench/report.ts'
const t=performance.now(); const r = await history(); print(r,true); console.log((performance.now()-t)/1000)
