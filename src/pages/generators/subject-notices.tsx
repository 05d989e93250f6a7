import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { questionInWords, unprotectedInWords } from '../../domain/subject-words';
import type { Subject } from '../../domain/subjects';
import { UnprotectedNotice } from '../unprotected-notice';

/** Asks whose rows are whose where the data alone do not say, and warns where people are not protected. */
export function SubjectNotices(props: {
  readonly subject: Subject | null;
  readonly valueProtection: boolean;
  /** Writes the answer as the declared setting. */
  readonly onDeclare: (subjectColumns: readonly string[]) => void;
}) {
  const { subject, valueProtection, onDeclare } = props;
  if (!subject) {
    return valueProtection ? null : <UnprotectedNotice when="training" className="mt-4" />;
  }
  return (
    <>
      {!subject.isSure && (
        <Notice
          tone="warning"
          className="mt-4"
          actions={
            <>
              <Button onClick={() => onDeclare(subject.columns)}>Yes, one person</Button>
              <Button onClick={() => onDeclare([])}>No, rows are independent</Button>
            </>
          }
        >
          <bdi>{questionInWords(subject)}</bdi> Until you answer, the more careful yes is assumed.
        </Notice>
      )}
      {!valueProtection && (
        <Notice tone="error" className="mt-4">
          <bdi>{unprotectedInWords(subject)}</bdi>
        </Notice>
      )}
    </>
  );
}
