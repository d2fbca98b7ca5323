import * as grpc from "@grpc/grpc-js";

/** An error whose fields the caller gets as they are. */
export class ServiceFailure extends Error {
  constructor(readonly fields: Partial<grpc.ServiceError>) {
    super(fields.details);
  }
}

/** A handler of calls with one request and one answer. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(serviceError(error));
        },
      );
  };
}

function serviceError(error: unknown): Partial<grpc.ServiceError> {
  if (error instanceof ServiceFailure) return error.fields;
  return { code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}
