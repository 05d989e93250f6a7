import { Notice } from '../components/notice';
import { UNPROTECTED_RESULT, UNPROTECTED_TRAINING } from '../domain/unprotected';

/** The red warning that value protection is off, or that it was. */
export function UnprotectedNotice({ when, className }: { when: 'training' | 'result'; className?: string }) {
  return (
    <Notice tone="error" className={className}>
      <strong className="text-danger">
        {when === 'training' ? UNPROTECTED_TRAINING : UNPROTECTED_RESULT}
      </strong>
    </Notice>
  );
}
