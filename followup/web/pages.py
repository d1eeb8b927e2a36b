"""Drawing a page: with a form that was sent and did not pass, the answer is 422."""

from typing import Any

from flask import Response, make_response, render_template, request

from followup.web.forms import ErrorLines

UNPROCESSABLE = 422


def page(template: str, *, form: ErrorLines | None = None, **context: Any) -> Response:
    response = make_response(render_template(template, form=form, **context))
    if form is not None and request.method == "POST" and form.error_lines():
        response.status_code = UNPROCESSABLE
    return response
