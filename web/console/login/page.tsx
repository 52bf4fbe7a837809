// Log-in: merchant code, e-mail, password; what is wrong is said in words, the merchant code is remembered.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { ask, ProblemError } from '../../shared/api.ts'
import { enterSession, useHasEnded } from '../frame/session.tsx'
import { Logo } from '../frame/sidebar.tsx'
import { LanguageChoice } from '../frame/top-bar.tsx'
import { Icon } from '../parts/icon.tsx'
import { useTitle } from '../parts/title.ts'
import { useText } from '../text.ts'
import '../styles/login.css'

interface Fields {
  merchant: string
  email: string
  password: string
}

const KEPT = 'ordo.merchant'

export function LogInPage() {
  const { t } = useText()
  useTitle(t('login.title'))
  const hasEnded = useHasEnded()
  return (
    <div className="login">
      <main className="login-form">
        <div className="row between">
          <div className="row">
            <Logo size={32} />
            <span className="login-name">Ordo</span>
          </div>
          <LanguageChoice />
        </div>
        <div>
          <h1>{t('login.title')}</h1>
          <p className="quiet">{t('login.subtitle')}</p>
        </div>
        {hasEnded && (
          <p className="login-ended" role="status">
            <Icon name="clock" /> {t('login.ended')}
          </p>
        )}
        <LogInForm />
      </main>
      <aside className="login-side" aria-hidden="true">
        <p className="login-claim">{t('login.claim')}</p>
        <LoginRiver />
        <ul>
          <li>
            <Icon name="check" />
            {t('login.point_1')}
          </li>
          <li>
            <Icon name="check" />
            {t('login.point_2')}
          </li>
          <li>
            <Icon name="check" />
            {t('login.point_3')}
          </li>
        </ul>
      </aside>
    </div>
  )
}

function LogInForm() {
  const { t } = useText()
  const queries = useQueryClient()
  const [problem, setProblem] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  const [form] = Form.useForm<Fields>()
  const logIn = async (fields: Fields) => {
    setSending(true)
    setProblem(null)
    try {
      const session = await ask('POST /session', {
        body: { ...fields, merchant: fields.merchant.trim().toLowerCase(), email: fields.email.trim() },
      })
      localStorage.setItem(KEPT, session.merchant.code)
      enterSession(queries, session)
    } catch (error) {
      setProblem(reason(error, t))
      form.getFieldInstance('password')?.focus()
      setSending(false)
    }
  }
  const required = (message: string) => [{ required: true, whitespace: true, message }]
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      size="large"
      initialValues={{ merchant: localStorage.getItem(KEPT) ?? '' }}
      onFinish={(fields) => void logIn(fields)}
    >
      <Form.Item
        name="merchant"
        label={t('login.merchant')}
        rules={required(t('login.merchant_missing'))}
        extra={t('login.merchant_hint')}
      >
        <Input autoComplete="organization" autoCapitalize="none" spellCheck={false} maxLength={31} />
      </Form.Item>
      <Form.Item name="email" label={t('login.email')} rules={required(t('login.email_missing'))}>
        <Input type="email" autoComplete="username" maxLength={254} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('login.password')}
        rules={[{ required: true, message: t('login.password_missing') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      {problem !== null && (
        <p className="login-problem" role="alert">
          <Icon name="stop" /> {problem}
        </p>
      )}
      <Button type="primary" htmlType="submit" block loading={isSending}>
        {t('login.go')}
      </Button>
    </Form>
  )
}

function reason(error: unknown, t: ReturnType<typeof useText>['t']): string {
  if (!(error instanceof ProblemError)) return t('problem.unknown')
  if (error.status === 401) return t('login.wrong')
  if (error.status === 429) return t('login.too_often')
  if (error.status === 0) return t('problem.offline')
  return error.message
}

/** An order's way as a quiet drawing. */
function LoginRiver() {
  return (
    <svg viewBox="0 0 420 150" className="login-river" aria-hidden="true">
      <path
        d="M0 70 C60 40 90 60 140 62 S220 20 270 48 S350 66 420 62 V88 C350 86 320 104 270 102 S190 92 140 90 S60 112 0 84Z"
        fill="#fff"
        opacity=".16"
      />
      <path
        d="M0 74 C60 60 90 70 140 70 S220 50 270 66 S350 72 420 70 V80 C350 80 320 88 270 86 S190 82 140 82 S60 92 0 80Z"
        fill="#fff"
        opacity=".32"
      />
      {[20, 100, 180, 260, 340, 405].map((x) => (
        <circle key={x} cx={x} cy={75} r={5} fill="#fff" />
      ))}
    </svg>
  )
}
