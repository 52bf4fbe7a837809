// What identity refuses: wrong credentials, locked accounts, staff and keys that may not be changed like this.
import { problems } from '../../platform/problem.ts'

export const identityProblem = problems({
  login_failed: {
    status: 401,
    en: 'Merchant code, e-mail or password is wrong.',
    zh: '商户代码、邮箱或密码不正确。',
    fix: {
      en: 'Check all three and try again; an administrator can set a new password.',
      zh: '请核对后重试；管理员可以重置密码。',
    },
  },
  login_locked: {
    status: 429,
    en: 'Too many wrong passwords for this account.',
    zh: '密码错误次数过多，该账号已暂时锁定。',
    fix: {
      en: 'Wait as long as Retry-After says, or ask an administrator for a new password.',
      zh: '请按 Retry-After 等待，或联系管理员重置密码。',
    },
  },
  weak_password: {
    status: 422,
    en: 'This password is too easy to guess.',
    zh: '密码过于简单。',
    fix: {
      en: 'Take at least ten characters, not your name, e-mail, merchant code or a common password.',
      zh: '请使用至少十个字符，且不要使用姓名、邮箱、商户代码或常见密码。',
    },
  },
  email_taken: {
    status: 409,
    en: 'Somebody with this e-mail is on the staff already.',
    zh: '该邮箱已被其他员工使用。',
    fix: { en: 'Use another e-mail, or change the person who is there.', zh: '请更换邮箱，或修改现有员工。' },
  },
  last_admin: {
    status: 409,
    en: 'This is the last administrator.',
    zh: '这是最后一位管理员。',
    fix: { en: 'Make somebody else an administrator first.', zh: '请先将其他员工设为管理员。' },
  },
  scope_not_grantable: {
    status: 422,
    en: 'A key cannot have one of these permissions.',
    zh: '密钥不能拥有其中的某些权限。',
    fix: {
      en: 'Choose permissions that you have yourself; keys never manage staff, keys or sessions.',
      zh: '请选择您自己拥有的权限；密钥不能管理员工、密钥或会话。',
    },
  },
  too_many_keys: {
    status: 409,
    en: 'This merchant has 200 keys in use.',
    zh: '该商户已有 200 个有效密钥。',
    fix: { en: 'Revoke keys that are no longer used.', zh: '请吊销不再使用的密钥。' },
  },
  too_many_staff: {
    status: 409,
    en: 'This merchant has 500 people on its staff.',
    zh: '该商户已有 500 名员工。',
    fix: { en: 'Take out people who have left.', zh: '请移除已离职的员工。' },
  },
})
