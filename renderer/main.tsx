import './ui/base.css'
import './ui/mantine-parts.css'
import './ui/mantine.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { parseRoute } from './app/route.ts'
import { runConnection } from './rpc/index.ts'

const surface = parseRoute(location.hash).page === 'pop' ? 'pop' : 'window'
document.body.classList.toggle('pop-surface', surface === 'pop')
void runConnection(surface)

const root = document.getElementById('root')
if (root) createRoot(root).render(<App surface={surface} />)
