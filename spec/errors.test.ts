import { expect, test } from 'vitest';
import { errorTypeForStatus, errorTypes, isKnownErrorType, statusesForErrorType, statusFitsErrorType } from './errors.ts';

test('the table pairs each documented status with its type', () => {
  expect(errorTypes.map(({ status, type }) => `${status} ${type}`)).toEqual([
    '400 invalid_request_error',
    '401 authentication_error',
    '402 billing_error',
    '403 permission_error',
    '404 not_found_error',
    '409 conflict_error',
    '413 request_too_large',
    '429 rate_limit_error',
    '500 api_error',
    '504 timeout_error',
    '529 overloaded_error',
  ]);
});

test('an unlisted 4xx is an invalid request and an unlisted 5xx an API error', () => {
  expect(errorTypeForStatus(405)).toBe('invalid_request_error');
  expect(errorTypeForStatus(422)).toBe('invalid_request_error');
  expect(errorTypeForStatus(503)).toBe('api_error');
  expect(errorTypeForStatus(200)).toBeUndefined();
  expect(errorTypeForStatus(600)).toBeUndefined();
});

test('413 may carry the documented type or the one that the SDK knows', () => {
  expect(statusFitsErrorType(413, 'request_too_large')).toBe(true);
  expect(statusFitsErrorType(413, 'invalid_request_error')).toBe(true);
  expect(statusFitsErrorType(413, 'api_error')).toBe(false);
  expect(statusesForErrorType('invalid_request_error')).toEqual([400, 413]);
  expect(statusesForErrorType('request_too_large')).toEqual([413]);
});

test('a type of another family does not fit a status', () => {
  expect(statusFitsErrorType(400, 'invalid_request_error')).toBe(true);
  expect(statusFitsErrorType(404, 'invalid_request_error')).toBe(false);
  expect(statusFitsErrorType(500, 'overloaded_error')).toBe(false);
});

test('an unknown type is known as such', () => {
  expect(isKnownErrorType('overloaded_error')).toBe(true);
  expect(isKnownErrorType('server_error')).toBe(false);
  expect(statusesForErrorType('server_error')).toEqual([]);
});
