/** The promise of an answer. */

/** An answer and what stood around it. */
export interface ApiResponse<T> {
  /** The body. */
  readonly data: T;
  /** The response; its body has been read. */
  readonly response: Response;
  /** The server's name for the request. */
  readonly requestId: string | undefined;
  /** The entity tag of the state in the body; hand it back as `ifMatch`. */
  readonly etag: string | undefined;
}

/** A promise of the body, which gives the response, too, to whoever asks. */
export class ApiPromise<T> implements Promise<T> {
  readonly [Symbol.toStringTag]: string = "ApiPromise";
  readonly #answer: Promise<ApiResponse<T>>;

  constructor(answer: Promise<ApiResponse<T>>) {
    this.#answer = answer;
  }

  /** The body with the response, the request's id and the entity tag. */
  withResponse(): Promise<ApiResponse<T>> {
    return this.#answer;
  }

  then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#answer.then((answer) => answer.data).then(onfulfilled, onrejected);
  }

  catch<B = never>(onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onrejected);
  }

  finally(onfinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onfinally);
  }
}
