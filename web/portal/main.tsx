// Starts the customer's page: which merchant and which order is in the address, /t/<merchant>[/<token>].
import './styles.css'
import './story.css'
import './controls.css'
import { createRoot } from 'react-dom/client'
import { client } from '../shared/api.ts'
import { chosenLanguage } from '../shared/format.ts'
import { Portal } from './portal.tsx'
import { loadWords } from './words.ts'

const root = document.getElementById('root')
const [, , merchant = '', token = ''] = window.location.pathname.split('/').map(decodeURIComponent)
const language = chosenLanguage()
client.language = language
if (root !== null) {
  await loadWords(language)
  createRoot(root).render(<Portal merchant={merchant} token={token === '' ? null : token} first={language} />)
}
