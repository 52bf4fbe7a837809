// Starts the console: words of the reader's language first, then the page, so that nothing flickers in another tongue.
import './styles/tokens.css'
import './styles/frame.css'
import './styles/dialogs.css'
import './styles/parts.css'
import { createRoot } from 'react-dom/client'
import { client } from '../shared/api.ts'
import { Console } from './app.tsx'
import { languageNow, startText } from './text.ts'

const root = document.getElementById('root')
if (root !== null) {
  await startText()
  client.language = languageNow()
  createRoot(root).render(<Console />)
}
